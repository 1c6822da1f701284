import { describe, expect, test } from 'vitest';
import { compiled } from '../../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  element,
  extension,
  flow,
  job,
  message,
  on,
  processOf,
  script,
  timer,
} from '../../../tests/spec/diagram.ts';
import { checkSoundness } from './index.ts';

const start = element('startEvent', 'start');
const end = element('endEvent', 'end');
const user = (...ids: readonly string[]) => ids.map((id) => element('userTask', id)).join('');
const gateway = (kind: string, ...ids: readonly string[]) => ids.map((id) => element(`${kind}Gateway`, id)).join('');
const stop = message('Stop', 'stop', '=key');
const stopped = on('message', '', 'messageRef="Stop"');
const failed = on('error', '', 'errorRef="Failed"');
const failure = element('error', 'Failed', '', 'errorCode="failed"');

/** Rule and element of everything found in one process. */
async function found(...content: readonly string[]): Promise<readonly string[]> {
  const { verdict, findings } = checkSoundness(await compiled(stop, failure, processOf('p', ...content)));
  const faults = findings.map(({ rule, elementId }) => `${rule.replace('soundness-', '')} ${elementId}`);
  expect(verdict).toBe(faults.length === 0 ? 'sound' : 'unsound');
  return faults;
}

const both = chain('start fork A join end') + chain('fork B join');

describe('branches', () => {
  test('a fork that is joined again is sound', async () => {
    expect(await found(start, end, gateway('parallel', 'fork', 'join'), user('A', 'B'), both)).toEqual([]);
  });

  test('a choice that is joined as if both came is a deadlock, and what follows is never come to', async () => {
    const drawn = [gateway('exclusive', 'fork'), gateway('parallel', 'join'), user('A', 'B')];
    expect(await found(start, end, ...drawn, both)).toEqual(['deadlock join', 'dead end']);
  });

  test('a fork that is merged without a join does the rest twice', async () => {
    const drawn = [gateway('parallel', 'fork'), gateway('exclusive', 'join'), user('A', 'B', 'C')];
    expect(await found(start, end, ...drawn, chain('start fork A join C end') + chain('fork B join'))).toEqual([
      'twice C',
    ]);
  });

  test('a fork whose branches meet at an end only is sound', async () => {
    const flows = chain('start fork A end') + chain('fork B end');
    expect(await found(start, end, gateway('parallel', 'fork'), user('A', 'B'), flows)).toEqual([]);
  });

  test('what lies behind the first wait of a branch is never come to when the other ends everything at once', async () => {
    const drawn = [gateway('parallel', 'fork'), user('A', 'B'), element('endEvent', 'over', on('terminate'))];
    expect(await found(start, end, ...drawn, chain('start fork A B end') + chain('fork over'))).toEqual(['dead B']);
  });

  test('a branch that may end instead leaves the other behind', async () => {
    const drawn = [gateway('parallel', 'fork', 'join'), gateway('exclusive', 'choice'), user('A', 'B', 'C')];
    const flows = chain('start fork A choice join end') + chain('fork B join') + chain('choice C stop');
    expect(await found(start, end, element('endEvent', 'stop'), ...drawn, flows)).toEqual(['leftover join']);
  });

  test('unless it ends the whole scope', async () => {
    const drawn = [gateway('parallel', 'fork', 'join'), gateway('exclusive', 'choice'), user('A', 'B', 'C')];
    const flows = chain('start fork A choice join end') + chain('fork B join') + chain('choice C stop');
    expect(await found(start, end, element('endEvent', 'stop', on('terminate')), ...drawn, flows)).toEqual([]);
  });

  test('inclusive branches are joined inclusively', async () => {
    expect(await found(start, end, gateway('inclusive', 'fork', 'join'), user('A', 'B'), both)).toEqual([]);
    expect(
      await found(start, end, gateway('inclusive', 'fork'), gateway('parallel', 'join'), user('A', 'B'), both),
    ).toEqual(['deadlock join']);
  });

  test('a branch that listens until the other terminates the scope is no fault', async () => {
    const drawn = [
      gateway('parallel', 'fork'),
      gateway('exclusive', 'again'),
      element('receiveTask', 'listen', '', 'messageRef="Stop"'),
    ];
    const flows = chain('start fork A over') + chain('fork again listen again');
    expect(await found(start, user('A'), element('endEvent', 'over', on('terminate')), ...drawn, flows)).toEqual([]);
    expect(await found(start, user('A'), element('endEvent', 'over'), ...drawn, flows)).toEqual(['never-ends listen']);
  });
});

describe('loops', () => {
  test('one in which somebody works is sound', async () => {
    const flows = chain('start again A enough end') + flow('enough', 'again');
    expect(await found(start, end, gateway('exclusive', 'again', 'enough'), user('A'), flows)).toEqual([]);
  });

  test('one in which nothing waits and nothing changes is endless', async () => {
    const flows = chain('start again enough end') + flow('enough', 'again');
    expect(await found(start, end, gateway('exclusive', 'again', 'enough'), flows)).toEqual(['endless-loop again']);
  });

  test('one that computes may end by what it computes', async () => {
    const flows = chain('start again count enough end') + flow('enough', 'again');
    expect(
      await found(start, end, gateway('exclusive', 'again', 'enough'), script('count', 'n', 'n + 1'), flows),
    ).toEqual([]);
  });

  test('one without a way out never ends', async () => {
    const flows = chain('start choice A end') + chain('choice again B again');
    expect(await found(start, end, gateway('exclusive', 'choice', 'again'), user('A', 'B'), flows)).toEqual([
      'never-ends B',
    ]);
  });
});

describe('events', () => {
  test('a timer on something that never waits can never come', async () => {
    const drawn = [script('compute', 'n', '1'), boundary('late', 'compute', timer('timeDuration', 'PT1H')), user('A')];
    expect(await found(start, end, ...drawn, chain('start compute end') + chain('late A end'))).toEqual([
      'unreachable-event late',
    ]);
  });

  test('an error is caught where one can be thrown', async () => {
    const flows = chain('start A end') + chain('bad B end');
    expect(await found(start, end, job('A'), boundary('bad', 'A', failed), user('B'), flows)).toEqual([]);
    expect(await found(start, end, user('A'), boundary('bad', 'A', failed), user('B'), flows)).toEqual(['dead bad']);
  });

  test('a reminder beside a task is sound, also when it comes again and again', async () => {
    const drawn = [user('A', 'remind'), boundary('late', 'A', timer('timeCycle', 'R/PT1H'), false)];
    expect(await found(start, end, ...drawn, chain('start A end') + chain('late remind end'))).toEqual([]);
  });

  test('a reminder that comes back to the main way does it twice', async () => {
    const drawn = [user('A', 'B', 'remind'), boundary('late', 'A', timer('timeDuration', 'PT1H'), false)];
    expect(await found(start, end, ...drawn, chain('start A B end') + chain('late remind B'))).toEqual(['twice B']);
  });

  test('an event sub-process is come to while its process waits', async () => {
    const inside = element('startEvent', 'stopping', stopped) + user('undo') + chain('stopping undo');
    const handler = element('subProcess', 'handler', inside, 'triggeredByEvent="true"');
    expect(await found(start, end, user('A'), chain('start A end'), handler)).toEqual([]);
    expect(await found(start, end, script('A', 'n', '1'), chain('start A end'), handler)).toEqual([
      'unreachable-event stopping',
    ]);
  });

  test('what waits behind an event-based gateway is come to', async () => {
    const drawn = [
      gateway('eventBased', 'wait'),
      element('intermediateCatchEvent', 'come', stopped),
      element('intermediateCatchEvent', 'late', timer('timeDuration', 'PT1H')),
    ];
    expect(await found(start, end, ...drawn, chain('start wait come end') + chain('wait late end'))).toEqual([]);
  });
});

describe('scopes', () => {
  const inner = (...content: readonly string[]) =>
    element('subProcess', 'sub', element('startEvent', 'in') + content.join(''));

  test('what is wrong inside is found there, with the way to it', async () => {
    const drawn = inner(
      gateway('exclusive', 'fork'),
      gateway('parallel', 'join'),
      user('A', 'B'),
      chain('in fork A join') + chain('fork B join'),
    );
    const { findings } = checkSoundness(
      await compiled(processOf('p', start, user('before'), end, drawn, chain('start before sub end'))),
    );
    const trace = findings.find(({ rule }) => rule === 'soundness-deadlock')?.trace ?? [];
    expect(trace.map(({ elementId }) => elementId)).toEqual([
      'start',
      'before',
      'before',
      'sub',
      'in',
      'fork',
      'A',
      'A',
      'join',
      'join',
    ]);
    expect(trace.at(-1)).toMatchObject({ elementId: 'join', event: 'waits-for-ever' });
  });

  test('a sub-process that can only fail is left by its error', async () => {
    const drawn = [
      inner(user('A'), element('endEvent', 'fail', failed), chain('in A fail')),
      boundary('bad', 'sub', failed),
      user('B'),
    ];
    expect(await found(start, end, ...drawn, chain('start sub B end') + flow('bad', 'B'))).toEqual([]);
    expect(await found(start, end, ...drawn, chain('start sub end') + chain('bad B end'))).toEqual([]);
  });

  test('nothing follows a sub-process that never completes', async () => {
    const drawn = [
      inner(user('A'), element('endEvent', 'fail', failed), chain('in A fail')),
      boundary('bad', 'sub', failed),
      user('B', 'C'),
    ];
    expect(await found(start, end, ...drawn, chain('start sub C end') + chain('bad B end'))).toEqual(['dead C']);
  });

  test('what was completed can be undone, and its handler is come to', async () => {
    const undo =
      boundary('undo', 'A', on('compensate')) +
      element('userTask', 'handler', '', 'isForCompensation="true"') +
      '<bpmn:association id="undoes" sourceRef="undo" targetRef="handler" />';
    const throwing = element('intermediateThrowEvent', 'back', on('compensate'));
    expect(await found(start, end, user('A'), undo, throwing, chain('start A back end'))).toEqual([]);
    expect(await found(start, end, user('A'), undo, chain('start A end'))).toEqual(['dead handler']);
  });

  test('a called process is played with what it can come to', async () => {
    const caller = processOf(
      'p',
      start,
      end,
      element('callActivity', 'call', '', 'calledElement="q"'),
      user('A'),
      chain('start call A end'),
    );
    const called = (...content: readonly string[]) => processOf('q', element('startEvent', 'begin'), ...content);
    const sound = checkSoundness(await compiled(caller, called(user('B'), chain('begin B'))));
    expect(sound.verdict).toBe('sound');
    const failing = called(user('B'), element('endEvent', 'fail', failed), chain('begin B fail'));
    const { findings } = checkSoundness(await compiled(failure, caller, failing));
    expect(findings.map(({ rule, elementId }) => `${rule} ${elementId}`)).toEqual(['soundness-dead A']);
  });

  test('what is drawn ad hoc is entered and completed by command', async () => {
    const again = '<bpmn:completionCondition>=done</bpmn:completionCondition>';
    const adHoc = (inside: string) => element('adHocSubProcess', 'care', inside + again);
    const flows = chain('start care end');
    expect(await found(start, end, adHoc(user('A', 'B', 'C') + chain('A B')), flows)).toEqual([]);
    const named = extension('<zeebe:assignmentDefinition candidateGroups="nurse" />');
    expect(await found(start, end, adHoc(named + user('A', 'B', 'C') + chain('A B')), flows)).toEqual([]);
    const caught = boundary('bad', 'A', failed) + user('D') + chain('bad D');
    expect(await found(start, end, adHoc(job('A') + caught), flows)).toEqual([]);
    expect(await found(start, end, adHoc(user('A') + caught), flows)).toEqual(['dead bad']);
  });

  test('several runs of an activity are taken as one that may wait', async () => {
    const loop =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';
    expect(await found(start, end, element('userTask', 'A', loop), chain('start A end'))).toEqual([]);
  });
});

test('what is too large to be played is not decided, and says so', async () => {
  const definition = await compiled(
    processOf('p', start, end, gateway('parallel', 'fork', 'join'), user('A', 'B'), both),
  );
  const { verdict, findings } = checkSoundness(definition, { states: 2, plays: 10, playsInAll: 10 });
  expect(verdict).toBe('not-decided');
  expect(findings).toMatchObject([{ rule: 'soundness-not-decided', severity: 'warning', params: { states: 2 } }]);
});
