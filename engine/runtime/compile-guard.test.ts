import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { compiled, packageOf } from '../../tests/spec/case-run.ts';
import { chain, definitions, element, processOf } from '../../tests/spec/diagram.ts';
import { checkSoundness } from '../compile/4-check-soundness/index.ts';
import { checkPackage } from './check-package.ts';
import { createCompileGuard } from './compile-guard.ts';

const good = packageOf(
  definitions(processOf('p', element('startEvent', 'start'), element('task', 'A'), chain('start A'))),
);
const guard = createCompileGuard();
afterAll(() => guard.close());

it('compiles as the compiler does', async () => {
  const [first, second] = await Promise.all([guard.compile(good, 'a'), guard.compile(good, 'b')]);
  expect(first.definition?.hash).toBe('a');
  expect(second.definition?.scopes).toEqual(first.definition?.scopes);
});

it('refuses what takes too long, and goes on with the next', async () => {
  const impatient = createCompileGuard({ timeLimit: 0, memoryLimit: 512 });
  const refused = await impatient.compile(good, 'c');
  await impatient.close();
  expect(refused).toMatchObject({ findings: [{ rule: 'check-limit', severity: 'error', path: 'time' }] });
});

it('survives what needs too much memory, and goes on with the next', async () => {
  const narrow = createCompileGuard({ timeLimit: 60_000, memoryLimit: 8 });
  const refused = await narrow.compile(good, 'd');
  expect(refused).toMatchObject({ findings: [{ rule: 'check-limit', path: 'memory' }] });
  expect(await narrow.compile(good, 'e')).toMatchObject({ findings: [{ rule: 'check-limit' }] });
  await narrow.close();
});

/** A fork to many tasks: its states are the subsets of what is done, far more than are looked at. */
const branches = Array.from({ length: 15 }, (_, index) => `T${index}`);
const heavy = processOf(
  'p',
  element('startEvent', 'start'),
  element('parallelGateway', 'fork'),
  element('parallelGateway', 'join'),
  element('endEvent', 'end'),
  ...branches.map((id) => element('userTask', id)),
  chain('start fork'),
  ...branches.map((id) => chain(`fork ${id} join`)),
  chain('join end'),
);

it('proves as the soundness check does', async () => {
  const stuck = await compiled(
    processOf(
      'p',
      element('startEvent', 'start'),
      element('exclusiveGateway', 'choice'),
      element('parallelGateway', 'join'),
      ...['A', 'B'].map((id) => element('userTask', id)),
      chain('start choice A join') + chain('choice B join'),
    ),
  );
  expect(checkSoundness(stuck).verdict).toBe('unsound');
  expect(await guard.proveSound(stuck)).toEqual(checkSoundness(stuck));
});

it('neither refuses nor calls sound what takes too long to prove', async () => {
  const impatient = createCompileGuard({ timeLimit: 0, memoryLimit: 512 });
  const soundness = await impatient.proveSound(await compiled(heavy));
  await impatient.close();
  expect(soundness).toMatchObject({
    verdict: 'not-decided',
    findings: [{ rule: 'soundness-not-decided', severity: 'warning', params: { bounds: 'time' } }],
  });
});

it('leaves the host free to answer while a heavy flow is proved', async () => {
  const host = createServer((_, response) => response.end('here')).listen(0);
  await once(host, 'listening');
  const address = host.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const order: string[] = [];
  const answers = Promise.withResolvers<void>();
  const visit = async () => {
    for (let visits = 0; visits < 5; visits += 1) {
      await (await fetch(`http://127.0.0.1:${port}/`)).text();
      order.push('answered');
    }
  };
  const checked = checkPackage(
    {
      forms: { validate: async () => ({ ok: true, data: {} }) },
      compile: guard.compile,
      proveSound(definition) {
        visit().then(answers.resolve, answers.reject);
        return guard.proveSound(definition);
      },
    },
    packageOf(definitions(heavy)),
    'heavy',
  ).then((findings) => {
    order.push('checked');
    return findings;
  });
  const [findings] = await Promise.all([checked, answers.promise]);
  host.close();
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'soundness-not-decided' }));
  expect(order).toEqual([...Array.from({ length: 5 }, () => 'answered'), 'checked']);
}, 60_000);
