import { expect, test } from 'vitest';
import { CaseRun, compiled } from '../../tests/spec/case-run.ts';
import { chain, element, processOf } from '../../tests/spec/diagram.ts';
import { canonicalJson } from './canonical-json.ts';

/** A chain of user tasks, played to its last. */
async function stateAtTheEndOf(length: number) {
  const tasks = Array.from({ length }, (_, index) => `T${String(index).padStart(3, '0')}`);
  const nodes = tasks.map((id) => element('userTask', id));
  const content = [element('startEvent', 'start'), ...nodes, chain(`start ${tasks.join(' ')}`)];
  const run = new CaseRun(await compiled(processOf('p', ...content))).start({ orderNo: 'O-1' });
  for (const id of tasks.slice(0, -1)) run.complete(id, { note: 'x' });
  return run.state;
}

test('the state of a case is no larger the further the case has come', async () => {
  const [short, long] = await Promise.all([stateAtTheEndOf(3), stateAtTheEndOf(60)]);
  const withoutNumbers = (state: unknown) => canonicalJson(state).replaceAll(/\d+/g, '0');
  expect(withoutNumbers(long)).toBe(withoutNumbers(short));
});
