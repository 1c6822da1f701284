import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, processOf, timer } from '../../../tests/spec/diagram.ts';

const over = (options: { sequential?: boolean; until?: string; output?: string } = {}) =>
  `<bpmn:multiInstanceLoopCharacteristics isSequential="${options.sequential === true}">${extension(
    `<zeebe:loopCharacteristics inputCollection="=lines" inputElement="line" ${options.output ?? ''} />`,
  )}${options.until === undefined ? '' : `<bpmn:completionCondition>${options.until}</bpmn:completionCondition>`}</bpmn:multiInstanceLoopCharacteristics>`;

const around = (activity: string) =>
  compiled(
    processOf('p', element('startEvent', 'start'), activity, element('userTask', 'After'), chain('start A After')),
  );

const results = 'outputCollection="results" outputElement="={ line: line, ok: ok }"';

describe('a multi-instance activity', () => {
  test('in parallel opens one for each element and collects the results in the order of the elements', async () => {
    const run = new CaseRun(await around(element('userTask', 'A', over({ output: results }))));
    run.start({ lines: ['a', 'b'] });
    expect(run.tasks).toEqual(['A', 'A']);

    const [, second] = run.view.tasks;
    run.accepted({ type: 'CompleteTask', taskId: second?.taskId ?? '', variables: { ok: false } });
    expect(run.tasks).toEqual(['A']);

    run.complete('A', { ok: true });
    expect(run.tasks).toEqual(['After']);
    expect(run.variables.results).toEqual([
      { line: 'a', ok: true },
      { line: 'b', ok: false },
    ]);
    expect(run.done('A')).toBe(2);
  });

  test('one after the other opens the next when the one before is done', async () => {
    const run = new CaseRun(await around(element('userTask', 'A', over({ sequential: true }))));
    run.start({ lines: [1, 2, 3] });
    expect(run.tasks).toEqual(['A']);
    run.complete('A').complete('A');
    expect(run.tasks).toEqual(['A']);
    expect(run.complete('A').tasks).toEqual(['After']);
  });

  test('ends early when its completion condition holds', async () => {
    const run = new CaseRun(await around(element('userTask', 'A', over({ until: '=numberOfCompletedInstances = 2' }))));
    run
      .start({ lines: [1, 2, 3] })
      .complete('A')
      .complete('A');
    expect(run.tasks).toEqual(['After']);
  });

  test('over nothing goes straight on', async () => {
    const run = new CaseRun(await around(element('userTask', 'A', over())));
    expect(run.start({ lines: [] }).tasks).toEqual(['After']);
  });

  test('asks a person when there is no list', async () => {
    const run = new CaseRun(await around(element('userTask', 'A', over())));
    run.start({});
    expect(run.incidents).toEqual(['A expression-failed']);
    expect(run.set({ lines: [1] }).retry('A').tasks).toEqual(['A']);
  });

  test('repeats a whole sub-process, each with its own element', async () => {
    const inner = [
      element('startEvent', 'innerStart'),
      element('userTask', 'B', extension('<zeebe:assignmentDefinition assignee="=line" />')),
      chain('innerStart B'),
      over(),
    ];
    const run = new CaseRun(await around(element('subProcess', 'A', inner.slice(0, 3).join('') + inner[3])));
    run.start({ lines: ['x', 'y'] });
    expect(run.view.tasks.map(({ assignee }) => assignee)).toEqual(['x', 'y']);
  });

  test('is stopped as a whole by its boundary event', async () => {
    const activity =
      element('userTask', 'A', over()) +
      boundary('late', 'A', timer('timeDuration', 'PT1H')) +
      element('userTask', 'Late') +
      chain('late Late');
    const run = new CaseRun(await around(activity));
    run.start({ lines: [1, 2] });
    expect(run.timers).toEqual(['late']);
    expect(run.fire('late').tasks).toEqual(['Late']);
  });
});
