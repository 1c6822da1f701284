import { describe, expect, test } from 'vitest';
import { packageOf } from '../../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  definitions,
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
import { compilePackage } from '../compile-package.ts';

type Forms = Parameters<typeof compilePackage>[0]['forms'];

async function advice(content: readonly string[], more: { forms?: Forms; roots?: readonly string[] } = {}) {
  const bpmn = definitions(processOf('p', element('startEvent', 'start'), ...content), ...(more.roots ?? []));
  const { findings } = await compilePackage({ ...packageOf(bpmn), forms: more.forms ?? {} });
  return findings.filter(({ severity, clause }) => severity === 'warning' && clause === undefined);
}

function task(id: string, groups: string, more = ''): string {
  const assignment = `<zeebe:assignmentDefinition candidateGroups="${groups}" />`;
  return element('userTask', id, extension('<zeebe:userTask />', assignment, more));
}

const due = '<zeebe:taskSchedule dueDate="=now() + duration(&quot;PT1H&quot;)" />';

describe('conditions that leave no way out', () => {
  const ways = (...conditions: readonly string[]) => [
    element('exclusiveGateway', 'g'),
    chain('start g'),
    ...conditions.flatMap((condition, index) => [element('task', `t${index}`), flow('g', `t${index}`, condition)]),
  ];
  const stuck = async (content: readonly string[], forms?: Forms) =>
    (await advice(content, { ...(forms ? { forms } : {}) })).filter(({ rule }) => rule === 'no-way-out');

  test.each([
    ['a number between two intervals', ['=amount < 100', '=amount > 100'], 'amount = 100'],
    ['a gap between intervals', ['=age <= 14', '=age >= 18'], '14 < age < 18'],
    ['a text nobody asks for', ['=kind = "a"', '=kind in ("b", "c")'], 'kind ∉ {"a", "b", "c"}'],
    ['two conditions that are both false', ['=a', '=not(a) and n > 3'], 'a = false, n = 3'],
    ['a comparison of two variables', ['=paid < owed', '=paid > owed'], 'owed - paid = 0'],
    ['a date', ['=date(on) < date("2026-01-01")'], 'date(on) = 2026-01-01'],
    ['one condition only', ['=ok'], 'ok = false'],
  ])('finds %s', async (_, conditions, when) => {
    expect(await stuck(ways(...conditions))).toMatchObject([{ elementId: 'g', params: { when } }]);
  });

  test.each([
    ['intervals that meet', ['=amount < 100', '=amount >= 100']],
    ['opposites', ['=ok', '=not(ok)']],
    ['a comparison both ways round', ['=a > b', '=a <= b']],
    ['a count of none and of some', ['=count(lines) = 0', '=count(lines) > 0']],
    ['between and beyond', ['=n between 1 and 5', '=n < 1 or n > 5']],
    ['an interval and its outside', ['=n in [1..5)', '=not(n in [1..5))']],
    ['nothing and something', ['=x = null', '=x != null']],
    ['what cannot be told apart', ['=some l in lines satisfies l.ok', '=every l in lines satisfies l.ok = false']],
  ])('is silent about %s', async (_, conditions) => {
    expect(await stuck(ways(...conditions))).toEqual([]);
  });

  test('knows the values of a choice from its form', async () => {
    const forms = {
      ask: {
        schema: { type: 'object', properties: { kind: { oneOf: [{ const: 'a' }, { const: 'b' }] } } },
        ui: {},
      },
    };
    const asked = task('Ask', 'x', '<zeebe:formDefinition formId="ask" />');
    const asking = (...conditions: readonly string[]) => [
      asked,
      chain('start Ask g'),
      ...ways(...conditions).filter((one) => one !== chain('start g')),
    ];
    expect(await stuck(asking('=kind = "a"', '=kind = "b"'), forms)).toEqual([]);
    expect(await stuck(asking('=kind = "a"'), forms)).toMatchObject([{ params: { when: 'kind = "b"' } }]);
    const overwritten = script('Set', 'kind', 'other');
    expect(await stuck([...asking('=kind = "a"', '=kind = "b"'), overwritten, flow('Ask', 'Set')], forms)).toHaveLength(
      1,
    );
  });
});

describe('approvals given by waiting', () => {
  const decision = (late: string) => [
    task('Approve', 'leader', due),
    element('exclusiveGateway', 'g'),
    element('task', 'Pay'),
    element('task', 'Close'),
    boundary('late', 'Approve', timer('timeDuration', 'PT24H')),
    chain('start Approve g'),
    flow('g', 'Pay', '=approved = true'),
    flow('g', 'Close', '=approved = false'),
    flow('late', late),
  ];
  const found = async (content: readonly string[]) =>
    (await advice(content)).filter(({ rule }) => rule === 'timed-approval');

  test('finds a timer that leads where a yes leads', async () => {
    expect(await found(decision('Pay'))).toMatchObject([{ elementId: 'late', params: { task: 'Approve' } }]);
  });

  test('is silent where the time refuses, or another person is asked', async () => {
    expect(await found(decision('Close'))).toEqual([]);
    expect(await found([...decision('Head'), task('Head', 'head', due), flow('Head', 'Pay')])).toEqual([]);
  });

  test('finds a review that time passes over', async () => {
    const content = [task('Review', 'x', due), boundary('late', 'Review', timer('timeDuration', 'PT1H'))];
    const next = [element('task', 'Next'), chain('start Review Next'), flow('late', 'Next')];
    expect(await found([...content, ...next])).toMatchObject([{ elementId: 'late' }]);
  });
});

describe('messages nobody sends', () => {
  const waiting = [element('intermediateCatchEvent', 'wait', on('message', '', 'messageRef="m"')), chain('start wait')];
  const found = async (content: readonly string[], roots: readonly string[] = []) =>
    (await advice(content, { roots: [message('m', 'paid', '=id'), ...roots] })).filter(
      ({ rule }) => rule === 'unsent-message',
    );

  test('finds one', async () => {
    expect(await found(waiting)).toMatchObject([{ elementId: 'wait', params: { message: 'paid' } }]);
  });

  test('is silent where a step publishes it, or a message flow says who sends it', async () => {
    const publish = extension('<clinical:publish messageName="paid" correlationKey="=id" />');
    const sender = element('endEvent', 'told', `${publish}${on('message')}`);
    expect(await found([...waiting, sender, chain('wait told')])).toEqual([]);
    const flowTo = '<bpmn:messageFlow id="mf" sourceRef="outside" targetRef="wait" />';
    const pools = `<bpmn:participant id="outside" /><bpmn:participant id="own" processRef="p" />${flowTo}`;
    expect(await found(waiting, [element('collaboration', 'c', pools)])).toEqual([]);
  });
});

describe('steps of care, money and drugs', () => {
  const rulesOf = async (...content: readonly string[]) =>
    (await advice(content)).map(({ rule, elementId }) => `${rule} ${elementId}`);

  test('a clinical step without a time limit', async () => {
    expect(await rulesOf(task('Give', 'nurse'), chain('start Give'))).toEqual(['untimed-care Give']);
    expect(await rulesOf(task('Give', 'nurse', due), chain('start Give'))).toEqual([]);
    const late = [boundary('late', 'Give', timer('timeDuration', 'PT1H'), false), element('task', 'Tell')];
    expect(await rulesOf(task('Give', 'nurse'), ...late, chain('start Give'), chain('late Tell'))).toEqual([]);
    const inside = element(
      'subProcess',
      'Sub',
      `${element('startEvent', 's')}${task('Give', 'nurse')}${chain('s Give')}`,
    );
    const around = boundary('late', 'Sub', timer('timeDuration', 'PT1H'));
    expect(await rulesOf(inside, chain('start Sub'))).toEqual(['untimed-care Give']);
    expect(await rulesOf(inside, around, element('task', 'Tell'), chain('start Sub'), chain('late Tell'))).toEqual([]);
  });

  test('a step says itself what it handles', async () => {
    const stated = element('userTask', 'Give', '', 'clinical:handles="care"');
    expect(await rulesOf(stated, chain('start Give'))).toEqual(['untimed-care Give']);
  });

  test('money taken without a way to give it back', async () => {
    const collect = [job('Collect', 'payment.collect'), chain('start Collect')];
    expect(await rulesOf(...collect)).toEqual(['not-undone Collect']);
    expect(await rulesOf(...collect, job('Refund', 'payment.refund'), chain('Collect Refund'))).toEqual([]);
    const undo = [
      boundary('undo', 'Collect', on('compensation')),
      element(
        'serviceTask',
        'Back',
        extension('<zeebe:taskDefinition type="hand.back" />'),
        'isForCompensation="true"',
      ),
      '<bpmn:association id="a" sourceRef="undo" targetRef="Back" />',
    ];
    expect(await rulesOf(...collect, ...undo)).toEqual([]);
  });

  test('two steps with money that one person may do', async () => {
    const charge = task('Charge', 'clerk', due);
    expect(await rulesOf(charge, task('Refund', 'clerk', due), chain('start Charge Refund'))).toEqual([
      'undivided-duties Refund',
    ]);
    const apart = '<clinical:eligibility notActorOf="Charge" />';
    expect(await rulesOf(charge, task('Refund', 'clerk', `${due}${apart}`), chain('start Charge Refund'))).toEqual([]);
    expect(await rulesOf(charge, task('Refund', 'finance-head', due), chain('start Charge Refund'))).toEqual([]);
    const either = [element('exclusiveGateway', 'g'), flow('g', 'Charge', '=a'), flow('g', 'Refund', '=not(a)')];
    expect(await rulesOf(charge, task('Refund', 'clerk', due), ...either, chain('start g'))).toEqual([]);
  });
});

describe('what the diagram answers itself', () => {
  const accepting = (attributes: string) => `<clinical:accept ${attributes} />`;
  const charge = task('Charge', 'clerk', due);
  const rulesOf = async (...content: readonly string[]) =>
    (await advice(content)).map(({ rule, elementId }) => `${rule} ${elementId}`);
  const refund = (answer: string) => [charge, task('Refund', 'clerk', `${due}${answer}`), chain('start Charge Refund')];

  test('is not said again, where it names what it is about and why', async () => {
    expect(
      await rulesOf(...refund(accepting('rule="undivided-duties" of="Charge" reason="one clerk at night"'))),
    ).toEqual([]);
    expect(await rulesOf(...refund(accepting('rule="undivided-duties" reason="one clerk at night"')))).toEqual([]);
  });

  test('is said again without a reason, or of a step the answer does not name', async () => {
    const said = ['undivided-duties Refund'];
    expect(await rulesOf(...refund(accepting('rule="undivided-duties" of="Charge"')))).toEqual(said);
    expect(await rulesOf(...refund(accepting('rule="undivided-duties" of="Other" reason="x"')))).toEqual([
      ...said,
      'unasked-acceptance Refund',
    ]);
  });

  test('is itself asked for, once there is nothing to answer', async () => {
    const alone = task('Charge', 'clerk', `${due}${accepting('rule="undivided-duties" reason="x"')}`);
    expect(await rulesOf(alone, chain('start Charge'))).toEqual(['unasked-acceptance Charge']);
  });
});
