import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, flow, processOf, timer } from '../../../tests/spec/diagram.ts';

const caller = processOf(
  'p',
  element('startEvent', 'start'),
  element('callActivity', 'call', '', 'calledElement="G"'),
  boundary('late', 'call', timer('timeDuration', 'PT1H')),
  element('userTask', 'after'),
  element('userTask', 'chase'),
  element('endEvent', 'end'),
  chain('start call after end'),
  flow('late', 'chase'),
  flow('chase', 'end'),
);

describe('a global task', () => {
  test('opens its work item when it is called, and its result comes back', async () => {
    const run = new CaseRun(await compiled(caller, element('globalUserTask', 'G', '', 'name="Sign"'))).start();
    expect(run.view.tasks).toMatchObject([{ elementId: 'G', name: 'Sign' }]);
    expect(run.complete('G', { signed: true }).tasks).toEqual(['after']);
    expect(run.variables).toMatchObject({ signed: true });
  });

  test('is stopped by what stops the call', async () => {
    const run = new CaseRun(await compiled(caller, element('globalUserTask', 'G'))).start();
    expect(run.fire('late').tasks).toEqual(['chase']);
  });

  test('may be a script', async () => {
    const script = extension('<zeebe:script expression="=1 + 1" resultVariable="two" />');
    const run = new CaseRun(await compiled(caller, element('globalScriptTask', 'G', script))).start();
    expect(run.variables).toMatchObject({ two: 2 });
  });

  test.each(['globalTask', 'globalManualTask'])('that is a %s passes straight through', async (type) => {
    expect(new CaseRun(await compiled(caller, element(type, 'G'))).start().tasks).toEqual(['after']);
  });
});
