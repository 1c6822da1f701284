import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, person } from '../../../tests/spec/case-run.ts';
import { chain, element, extension, io, processOf } from '../../../tests/spec/diagram.ts';

const review = element(
  'userTask',
  'Review',
  extension(
    '<zeebe:userTask /><zeebe:formDefinition formId="review" />',
    '<zeebe:assignmentDefinition candidateGroups="report-reviewer, report-doctor" />',
    `<zeebe:taskSchedule dueDate="=date and time(ordered) + duration(&quot;PT2H&quot;)" followUpDate="2026-03-02T10:00" />`,
    '<zeebe:priorityDefinition priority="=if urgent then 90 else 50" />',
    '<clinical:eligibility department="=dept" credentials="report-review" onDuty="true" notActorOf="Write" notPersons="=excluded" override="documented" />',
    io({ lines: '=order.lines', reviewer: '=actors.Write[-1]' }),
  ),
  'name="复核 报告" clinical:nameEn="Review report"',
);
const content = [
  element('startEvent', 'start'),
  element('userTask', 'Write'),
  review,
  element('endEvent', 'end'),
  chain('start Write Review end'),
];
const definition = await compiled(processOf('p', ...content));
const variables = { ordered: '2026-03-02T08:00:00Z', urgent: true, dept: 'RAD', order: { lines: [1, 2] } };
const reviewer = (id: string) =>
  person(id, { roles: ['report-reviewer'], department: 'RAD', credentials: ['report-review'] });

function atReview(excluded: readonly string[] | null = null): CaseRun {
  return new CaseRun(definition).start({ ...variables, excluded }).complete('Write', {}, person('rad-song'));
}

describe('a user task', () => {
  test('fixes everything about the work when it opens', () => {
    const run = atReview();
    expect(run.view.tasks).toEqual([
      {
        taskId: expect.stringMatching(/^case-\d+$/),
        elementId: 'Review',
        processId: 'p',
        name: '复核 报告',
        nameEn: 'Review report',
        formId: 'review',
        priority: 90,
        createdAt: '2026-03-02T00:00:00.000Z',
        dueAt: '2026-03-02T10:00:00.000Z',
        followUpAt: '2026-03-02T02:00:00.000Z',
        input: { lines: [1, 2], reviewer: 'rad-song' },
        eligibility: {
          roles: ['report-reviewer', 'report-doctor'],
          department: 'RAD',
          credentials: ['report-review'],
          onDuty: true,
          notActorOf: ['Write'],
          notPersons: [],
          override: 'documented',
        },
      },
    ]);
  });

  test('is completed by whom its rule allows, and the case remembers whom the rule of a later one asks for', () => {
    const run = atReview();
    run.complete('Review', { approved: true }, reviewer('rad-tang'));
    expect(run.outcome).toBe('completed');
    expect(run.variables).toMatchObject({ approved: true });
    expect(run.state.actors).toEqual({ Write: ['rad-song'] });
  });

  test('is refused to those who are not eligible', () => {
    const run = atReview(['rad-han', 'rad-gu']);
    const attempt = (by: ReturnType<typeof person>) => run.refused(run.completion('Review', {}, by)).code;
    expect(attempt(person('nurse-liu'))).toBe('not-eligible');
    expect(attempt(reviewer('rad-song'))).toBe('separation-of-duties');
    expect(attempt(reviewer('rad-han'))).toBe('separation-of-duties');
    expect(attempt({ ...reviewer('rad-tang'), onDuty: false })).toBe('not-eligible');
  });

  test('lets a separation of duties be set aside with a reason when nobody else is there, and keeps the reason', () => {
    const run = atReview();
    const alone = run.completion('Review', {}, reviewer('rad-song'));
    expect(run.refused({ ...alone, override: { reason: 'night' }, othersOnDuty: 1 }).code).toBe('override-not-allowed');

    run.complete('Review', {}, reviewer('rad-song'), { reason: 'alone at night' });
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'TaskClosed', override: 'alone at night' }));
  });

  test('belongs to whoever claimed it until it is released', () => {
    const run = atReview();
    const taskId = run.taskOf('Review');
    run.accepted({ type: 'ClaimTask', taskId, by: reviewer('rad-tang') });
    expect(run.refused(run.completion('Review', {}, reviewer('rad-han')))).toMatchObject({
      code: 'task-claimed-by-other',
      params: { by: 'rad-tang' },
    });

    run.accepted({ type: 'ReleaseTask', taskId, by: reviewer('rad-tang') });
    run.complete('Review', {}, reviewer('rad-han'));
    expect(run.outcome).toBe('completed');
  });

  test('is completed once', () => {
    const run = atReview();
    const second = run.completion('Review', {}, reviewer('rad-han'));
    run.complete('Review', {}, reviewer('rad-tang'));
    expect(run.refused(second)).toMatchObject({ code: 'case-ended' });
  });

  test('knows its completer in its own output mappings', async () => {
    const task = element('userTask', 'A', extension(io({}, { doneBy: '=actors.A[-1]', amount: '=form.amount' })));
    const run = new CaseRun(await compiled(processOf('p', element('startEvent', 'start'), task, chain('start A'))));
    run.start().complete('A', { form: { amount: 5 }, other: 1 }, person('rad-tang'));
    expect(run.variables).toEqual({ doneBy: 'rad-tang', amount: 5 });
  });

  test('writes form fields to the case even where an input mapping has the same name', async () => {
    const task = element('userTask', 'A', extension(io({ lines: '=ordered' })));
    const run = new CaseRun(await compiled(processOf('p', element('startEvent', 'start'), task, chain('start A'))));
    run.start({ ordered: [1] }).complete('A', { lines: [2] });
    expect(run.variables).toEqual({ ordered: [1], lines: [2] });
  });
});
