import { afterAll, expect, it } from 'vitest';
import { packageOf } from '../../tests/spec/case-run.ts';
import { chain, definitions, element, processOf } from '../../tests/spec/diagram.ts';
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
