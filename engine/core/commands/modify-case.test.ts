import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, person } from '../../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  element,
  extension,
  io,
  job,
  message,
  on,
  processOf,
  timer,
} from '../../../tests/spec/diagram.ts';
import type { Modification } from '../modification.ts';
import { previewChange } from '../modify/preview-change.ts';

const authority = {
  ...{ roles: ['process-owner'], credentials: [], onDuty: false, notActorOf: [], notPersons: [] },
  override: 'never',
} as const;
const owner = person('po-lu', { roles: ['process-owner'] });

function change(...operations: readonly Modification[]) {
  return { type: 'ModifyCase', operations, reason: 'wrong way', authority, by: owner } as const;
}

function tokenAt(run: CaseRun, node: string): number {
  const found = Object.entries(run.state.tokens).find(([, token]) => token.node === node);
  if (!found) throw new Error(`Expected a token at ${node}`);
  return Number(found[0]);
}

function why(run: CaseRun, ...operations: readonly Modification[]) {
  const { code, params } = run.refused(change(...operations));
  return [code, params?.reason];
}

const called = message('Called', 'nurse.called');
const straight = await compiled(
  called,
  processOf(
    'p',
    element('startEvent', 'start'),
    element('userTask', 'A'),
    boundary('late', 'A', timer('timeDuration', 'PT1H')),
    element('userTask', 'B'),
    job('pay'),
    element('intermediateCatchEvent', 'call', on('message', '', 'messageRef="Called"')),
    element('endEvent', 'end'),
    element('userTask', 'Chase'),
    chain('start A B pay call end'),
    chain('late Chase'),
  ),
);

describe('moving a token', () => {
  test('closes what was open where it stood and opens what its new place asks for', () => {
    const run = new CaseRun(straight).start();
    const before = run.state;
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'A'), node: 'pay' }));
    expect({ tasks: run.tasks, timers: run.timers, jobs: run.jobs }).toEqual({ tasks: [], timers: [], jobs: ['pay'] });
    expect(previewChange(before, run.state)).toMatchObject({
      closes: [
        { kind: 'token', elementId: 'A' },
        { kind: 'task', elementId: 'A' },
        { kind: 'timer', elementId: 'late' },
      ],
      opens: [
        { kind: 'token', elementId: 'pay' },
        { kind: 'job', elementId: 'pay', detail: 'job.pay' },
      ],
      ends: false,
    });
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'CaseModified', reason: 'wrong way' }));
    expect(run.jobDone('pay').messages).toEqual(['nurse.called']);
  });

  test('back lets the work be done again', () => {
    const run = new CaseRun(straight).start().complete('A').complete('B');
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'pay'), node: 'A' }));
    expect(run.tasks).toEqual(['A']);
    expect(run.effects).toContainEqual(expect.objectContaining({ type: 'CancelJob' }));
    run.complete('A').complete('B').jobDone('pay').deliver('nurse.called');
    expect(run.outcome).toBe('completed');
  });

  test('to a boundary event counts as its firing, without stopping its activity again', () => {
    const run = new CaseRun(straight).start();
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'A'), node: 'late' }));
    expect(run.tasks).toEqual(['Chase']);
  });
});

describe('a change is refused', () => {
  const run = new CaseRun(straight).start();
  const move = { kind: 'place-token', node: 'B' } as const;

  test('to somebody the hospital does not let change cases', () => {
    expect(run.refused({ ...change(move), by: person('nurse-liu', { roles: ['nurse'] }) }).code).toBe('not-eligible');
  });

  test('without a reason, and without anything to do', () => {
    expect(run.refused({ ...change(move), reason: ' ' }).params).toEqual({ reason: 'no-reason' });
    expect(why(run)).toEqual(['modification-refused', 'nothing']);
  });

  test('when what it names is not there', () => {
    expect(why(run, { kind: 'cancel-token', token: 99 })).toEqual(['modification-refused', 'token-gone']);
    expect(why(run, { kind: 'cancel-scope', scope: 99 })).toEqual(['modification-refused', 'scope-gone']);
    expect(why(run, { kind: 'place-token', node: 'Nowhere' })).toEqual(['modification-refused', 'no-node']);
  });

  test('when nothing would be left of the case', () => {
    expect(why(run, { kind: 'cancel-token', token: tokenAt(run, 'A') })).toEqual([
      'modification-refused',
      'nothing-left',
    ]);
    expect(why(run, { kind: 'cancel-scope', scope: 1 })).toEqual(['modification-refused', 'whole-case']);
  });
});

describe('an added token', () => {
  test('works beside the others', () => {
    const run = new CaseRun(straight).start().accepted(change({ kind: 'place-token', node: 'B' }));
    expect(run.tasks).toEqual(['A', 'B']);
    expect(run.complete('A').tasks).toEqual(['B', 'B']);
  });

  test('sees the variables written with it', async () => {
    const content = [
      element('startEvent', 'start'),
      element('userTask', 'A'),
      element('userTask', 'B', extension(io({ who: '=name' }))),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...content, chain('start A B')))).start();
    run.accepted(
      change(
        { kind: 'move-token', token: tokenAt(run, 'A'), node: 'B' },
        { kind: 'set-variables', variables: { name: 'x' } },
      ),
    );
    expect(run.view.tasks).toMatchObject([{ elementId: 'B', input: { who: 'x' } }]);
  });
});

const joined = await compiled(
  processOf(
    'p',
    element('startEvent', 'start'),
    element('parallelGateway', 'fork'),
    element('userTask', 'A'),
    element('userTask', 'B'),
    element('parallelGateway', 'join'),
    element('userTask', 'C'),
    element('endEvent', 'end'),
    chain('start fork A join C end'),
    chain('fork B join'),
  ),
);

describe('arrivals at a join', () => {
  test('can be moved away', () => {
    const run = new CaseRun(joined).start().complete('A');
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'join'), node: 'A' }));
    expect(run.tasks).toEqual(['A', 'B']);
    expect(run.complete('B').complete('A').tasks).toEqual(['C']);
  });

  test('can be made by the flow they stand for, and by no other way', () => {
    const run = new CaseRun(joined).start().complete('A');
    const token = tokenAt(run, 'B');
    expect(why(run, { kind: 'move-token', token, node: 'join' })).toEqual(['modification-refused', 'flow-needed']);
    expect(why(run, { kind: 'move-token', token, node: 'join', flow: 'join_C' })).toEqual([
      'modification-refused',
      'no-flow',
    ]);
    run.accepted(change({ kind: 'move-token', token, node: 'join', flow: 'B_join' }));
    expect(run.tasks).toEqual(['C']);
  });
});

const nested = await compiled(
  called,
  processOf(
    'p',
    element('startEvent', 'start'),
    element('userTask', 'A'),
    element(
      'subProcess',
      'Sub',
      [
        extension(io({ room: '=1 + 2' })),
        element('startEvent', 'inner'),
        element('userTask', 'X'),
        element('userTask', 'Y'),
        element(
          'subProcess',
          'On',
          [
            element('startEvent', 'rung', on('message', '', 'messageRef="Called"')),
            element('userTask', 'Help'),
            chain('rung Help'),
          ].join(''),
          'triggeredByEvent="true"',
        ),
        chain('inner X Y'),
      ].join(''),
    ),
    boundary('late', 'Sub', timer('timeDuration', 'PT1H')),
    element('userTask', 'After'),
    chain('start A Sub After'),
    chain('late After'),
  ),
);

describe('a sub-process', () => {
  test('is opened around a token placed in it, without its own beginning', () => {
    const run = new CaseRun(nested).start();
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'A'), node: 'Y' }));
    expect(run).toMatchObject({ tasks: ['Y'], timers: ['late'], messages: ['nurse.called'] });
    expect(run.complete('Y').tasks).toEqual(['After']);
  });

  test('is not taken for completed when its last token is cancelled', () => {
    const run = new CaseRun(nested).start().complete('A');
    run.accepted(change({ kind: 'cancel-token', token: tokenAt(run, 'X') }, { kind: 'place-token', node: 'A' }));
    expect(run).toMatchObject({ tasks: ['A'], timers: [], messages: [] });
    expect(run.done('Sub')).toBe(0);
  });

  test('is cancelled with everything in it', () => {
    const run = new CaseRun(nested).start().complete('A');
    const scope = Number(Object.entries(run.state.scopes).find(([, one]) => one.definition === 'Sub')?.[0]);
    run.accepted(change({ kind: 'cancel-scope', scope }, { kind: 'place-token', node: 'After' }));
    expect(run).toMatchObject({ tasks: ['After'], timers: [], messages: [] });
  });

  test('goes on as before when the event that interrupted it is taken back', () => {
    const run = new CaseRun(nested).start().complete('A').deliver('nurse.called');
    expect(run).toMatchObject({ tasks: ['Help'], messages: [] });
    expect(why(run, { kind: 'place-token', node: 'X' })).toEqual(['modification-refused', 'not-active']);
    run.accepted(change({ kind: 'move-token', token: tokenAt(run, 'Help'), node: 'X' }));
    expect(run).toMatchObject({ tasks: ['X'], messages: ['nurse.called'] });
    expect(run.complete('X').complete('Y').tasks).toEqual(['After']);
  });

  test('lets a token into its event sub-process with all that means', () => {
    const run = new CaseRun(nested).start().complete('A');
    run.accepted(change({ kind: 'place-token', node: 'Help' }));
    expect(run).toMatchObject({ tasks: ['Help'], messages: [] });
  });
});

describe('a repeated activity', () => {
  const each = (sequential: boolean) =>
    compiled(
      processOf(
        'p',
        element('startEvent', 'start'),
        element(
          'userTask',
          'Each',
          `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}">${extension('<zeebe:loopCharacteristics inputCollection="=[1,2]" inputElement="one" />')}</bpmn:multiInstanceLoopCharacteristics>`,
        ),
        element('userTask', 'After'),
        chain('start Each After'),
      ),
    );
  const runs = (run: CaseRun) =>
    Object.entries(run.state.scopes).flatMap(([n, scope]) => (scope.instance === undefined ? [] : [Number(n)]));

  test('goes on without the run that was cancelled', async () => {
    const run = new CaseRun(await each(false)).start();
    run.accepted(change({ kind: 'cancel-scope', scope: runs(run)[0] ?? 0 }));
    expect(run.tasks).toEqual(['Each']);
    expect(run.complete('Each').tasks).toEqual(['After']);
  });

  test('begins its next run in place of the cancelled one', async () => {
    const run = new CaseRun(await each(true)).start();
    run.accepted(change({ kind: 'cancel-scope', scope: runs(run)[0] ?? 0 }));
    expect(run.complete('Each').tasks).toEqual(['After']);
  });

  test('asks for the run meant where several are open', async () => {
    const run = new CaseRun(await each(false)).start();
    const [first = 0, second = 0] = runs(run);
    run.accepted(change({ kind: 'cancel-scope', scope: first }, { kind: 'cancel-scope', scope: second }));
    expect(run.tasks).toEqual(['After']);
  });
});

test('a handler that is stopped lets the compensation go on', async () => {
  const content = [
    element('startEvent', 'start'),
    element('userTask', 'A'),
    element('boundaryEvent', 'undone', on('compensate'), 'attachedToRef="A"'),
    element('userTask', 'UndoA', '', 'isForCompensation="true"'),
    '<bpmn:association id="as" sourceRef="undone" targetRef="UndoA" associationDirection="One" />',
    element('intermediateThrowEvent', 'undo', on('compensate')),
    element('userTask', 'After'),
    chain('start A undo After'),
  ];
  const run = new CaseRun(await compiled(processOf('p', ...content))).start().complete('A');
  expect(run.tasks).toEqual(['UndoA']);
  expect(why(run, { kind: 'place-token', node: 'UndoA' })).toEqual(['modification-refused', 'compensation']);
  run.accepted(change({ kind: 'cancel-token', token: tokenAt(run, 'UndoA') }));
  expect(run.tasks).toEqual(['After']);
});
