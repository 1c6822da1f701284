import { describe, expect, test } from 'vitest';
import { CaseRun, compiledAs, person } from '../../../tests/spec/case-run.ts';
import { chain, element, extension, flow, on, processOf } from '../../../tests/spec/diagram.ts';

const version = (hash: string, ...content: readonly string[]) => compiledAs(hash, processOf('p', ...content));

describe('arrivals at a join', () => {
  const forked = (hash: string, last: string, gate = 'join') =>
    version(
      hash,
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('userTask', 'A'),
      element('userTask', last),
      element('parallelGateway', gate),
      element('userTask', 'C'),
      chain('start fork'),
      chain(`fork A ${gate} C`),
      chain(`fork ${last} ${gate}`),
    );

  test('go on counting by the flow between the successors', async () => {
    const run = new CaseRun(await forked('v1', 'B')).start().complete('B');
    const now = await forked('v2', 'B2', 'join2');
    const mapping = { p: 'p', A: 'A', B: 'B2', join: 'join2' };
    expect(run.verdict(now, { mapping })).toEqual(['ok']);
    expect(run.migrate(now, { mapping }).complete('A').tasks).toEqual(['C']);
  });

  test('are in the way where nothing leads there any more', async () => {
    const run = new CaseRun(await forked('v1', 'B')).start().complete('B');
    const now = await forked('v2', 'B2');
    expect(run.verdict(now, { mapping: { p: 'p', A: 'A', join: 'join' } })).toEqual(['blocked', 'flow-gone join']);
  });

  test('go on at once when nothing is waited for any more', async () => {
    const run = new CaseRun(await forked('v1', 'B')).start().complete('A');
    const now = await version(
      'v2',
      element('startEvent', 'start'),
      element('userTask', 'A'),
      element('userTask', 'C'),
      element('userTask', 'B'),
      element('inclusiveGateway', 'join'),
      element('exclusiveGateway', 'other'),
      element('userTask', 'D'),
      flow('start', 'A'),
      flow('A', 'join'),
      flow('other', 'join'),
      chain('join C'),
      chain('B D'),
    );
    run.migrate(now, { mapping: { p: 'p', A: 'A', B: 'B', join: 'join' } });
    expect(run.tasks).toEqual(['B', 'C']);
  });
});

describe('sub-processes and what they remember', () => {
  const around = (hash: string, name: string, handler = 'Undo') =>
    version(
      hash,
      element('startEvent', 'start'),
      element(
        'subProcess',
        name,
        [
          element('startEvent', 'in'),
          element('userTask', 'X'),
          element('boundaryEvent', 'undone', on('compensate'), 'attachedToRef="X"'),
          element('userTask', handler, '', 'isForCompensation="true"'),
          `<bpmn:association id="as" sourceRef="undone" targetRef="${handler}" associationDirection="One" />`,
          element('userTask', 'Y'),
          element('intermediateThrowEvent', 'undo', on('compensate')),
          chain('in X Y undo'),
        ].join(''),
      ),
      element('userTask', 'After'),
      chain(`start ${name} After`),
    );

  test('move with their content, and can still undo what was done', async () => {
    const run = new CaseRun(await around('v1', 'Sub')).start().complete('X');
    const now = await around('v2', 'Part', 'TakeBack');
    const mapping = { p: 'p', Sub: 'Part', X: 'X', Y: 'Y', Undo: 'TakeBack' };
    expect(run.verdict(now, { mapping })).toEqual(['ok']);
    run.migrate(now, { mapping }).complete('Y');
    expect(run.tasks).toEqual(['TakeBack']);
    expect(
      run.verdict(await around('v3', 'Part'), { mapping: { p: 'p', Part: 'Part', undo: 'undo', TakeBack: 'Undo' } }),
    ).toContain('being-undone TakeBack');
    expect(run.complete('TakeBack').tasks).toEqual(['After']);
  });

  test('are not moved where that could no longer be undone', async () => {
    const run = new CaseRun(await around('v1', 'Sub')).start().complete('X');
    const now = await around('v2', 'Sub', 'TakeBack');
    expect(run.verdict(now)).toEqual(['blocked', 'compensation-gone X']);
  });

  test('runs of a repeated activity go on', async () => {
    const each = (hash: string, id: string, items: string) =>
      version(
        hash,
        element('startEvent', 'start'),
        element(
          'userTask',
          id,
          `<bpmn:multiInstanceLoopCharacteristics>${extension(`<zeebe:loopCharacteristics inputCollection="=${items}" inputElement="one" />`)}</bpmn:multiInstanceLoopCharacteristics>`,
        ),
        element('userTask', 'After'),
        chain(`start ${id} After`),
      );
    const run = new CaseRun(await each('v1', 'Each', '[1,2]')).start().complete('Each');
    const now = await each('v2', 'Every', '[1,2,3]');
    const mapping = { p: 'p', Each: 'Every' };
    expect(run.verdict(now, { mapping })).toEqual(['ok-with-note', 'repeat-planned Each', 'task-changed Each']);
    expect(run.migrate(now, { mapping }).complete('Every').tasks).toEqual(['After']);
  });

  test('a called process goes along', async () => {
    const calling = (hash: string, inner: string) =>
      compiledAs(
        hash,
        processOf(
          'p',
          element('startEvent', 'start'),
          element('callActivity', 'Call', extension(`<zeebe:calledElement processId="${inner}" />`)),
          element('userTask', 'After'),
          chain('start Call After'),
        ),
        processOf(inner, element('startEvent', `s-${inner}`), element('userTask', 'X'), chain(`s-${inner} X`)),
      );
    const run = new CaseRun(await calling('v1', 'q')).start();
    const now = await calling('v2', 'r');
    expect(run.verdict(now)).toEqual(['ok-with-note', 'call-kept Call']);
    expect(run.migrate(now).complete('X').tasks).toEqual(['After']);
  });
});

describe('who did what', () => {
  const divided = (hash: string, first: string, second: string) =>
    version(
      hash,
      element('startEvent', 'start'),
      element('userTask', first),
      element('userTask', second, extension(`<clinical:eligibility notActorOf="${first}" />`)),
      chain(`start ${first} ${second}`),
    );

  test('keeps duties apart under the new names', async () => {
    const ma = person('clerk-ma');
    const run = new CaseRun(await divided('v1', 'A', 'B')).start().complete('A', {}, ma);
    run.migrate(await divided('v2', 'A2', 'B2'), { mapping: { p: 'p', A: 'A2', B: 'B2' } });
    expect(run.refused(run.completion('B2', {}, ma)).code).toBe('separation-of-duties');
    expect(run.complete('B2', {}, person('clerk-zhu')).outcome).toBe('completed');
  });

  test('is taken from the history where only the new version asks', async () => {
    const plain = await version(
      'v1',
      element('startEvent', 'start'),
      element('userTask', 'A'),
      element('userTask', 'B'),
      chain('start A B'),
    );
    const now = await divided('v2', 'A', 'B');
    const ma = person('clerk-ma');
    const run = new CaseRun(plain).start().complete('A', {}, ma);
    expect(run.state.actors).toEqual({});
    expect(run.verdict(now)).toEqual(['ok-with-note', 'task-changed B', 'actors-unknown A']);
    run.migrate(now, { actors: { A: ['clerk-ma'] } });
    expect(run.refused(run.completion('B', {}, ma)).code).toBe('separation-of-duties');
  });
});
