import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../tests/spec/case-run.ts';
import { boundary, chain, element, flow, on, processOf, timer } from '../../tests/spec/diagram.ts';

const start = element('startEvent', 'start');
const refused: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'a flow out of an end event',
    'flow-from-end',
    'end_A',
    [start, element('endEvent', 'end'), element('task', 'A'), chain('start end A')],
  ],
  ['a flow into a start event', 'flow-into-start', 'A_start', [start, element('task', 'A'), chain('start A start')]],
  [
    'a flow into a sub-process',
    'flow-leaves-scope',
    'start_B',
    [start, element('subProcess', 'Sub', element('task', 'B')), chain('start B')],
  ],
  [
    'a boundary event on something outside',
    'boundary-detached',
    'late',
    [start, element('subProcess', 'Sub', element('task', 'B')), boundary('late', 'B', timer('timeDuration', 'PT1H'))],
  ],
  [
    'a default flow of another node',
    'foreign-default',
    'A',
    [start, element('task', 'A', '', 'default="start_A"'), chain('start A')],
  ],
  [
    'an event sub-process without an event',
    'event-sub-process-start',
    'Sub',
    [start, element('subProcess', 'Sub', element('startEvent', 's'), 'triggeredByEvent="true"')],
  ],
  [
    'a timer inside a sub-process start',
    'misplaced-trigger',
    's',
    [
      start,
      element('subProcess', 'Sub', element('startEvent', 's', timer('timeDuration', 'PT1H'))),
      chain('start Sub'),
    ],
  ],
  [
    'a start nobody serves',
    'start-together',
    's',
    [
      element('startEvent', 's', on('signal') + timer('timeDuration', 'PT1H'), 'parallelMultiple="true"'),
      element('task', 'A'),
      chain('s A'),
    ],
  ],
  [
    'two links of one name',
    'several-link-targets',
    'b',
    [
      element('intermediateCatchEvent', 'a', on('link', '', 'name="x"')),
      element('intermediateCatchEvent', 'b', on('link', '', 'name="x"')),
    ],
  ],
  [
    'a timer without time',
    'timer-missing',
    'wait',
    [start, element('intermediateCatchEvent', 'wait', on('timer')), chain('start wait')],
  ],
  [
    'an empty token quantity',
    'quantity',
    'A',
    [start, element('task', 'A', '', 'startQuantity="0"'), chain('start A')],
  ],
  ['nothing to execute', 'no-executable-process', '', []],
];

describe('lint', () => {
  test.each(refused)('refuses %s', async (_, rule, elementId, content) => {
    const findings = await findingsOf(processOf('p', ...content));
    const expected = elementId === '' ? { rule, severity: 'error' } : { rule, severity: 'error', elementId };
    expect(findings).toContainEqual(expect.objectContaining(expected));
    for (const { message } of findings) expect(message).toMatch(/^Expected .+, but .+/);
  });

  test('warns of a way out without a condition', async () => {
    const gateway = element('exclusiveGateway', 'g');
    const ways = [flow('g', 'A', '=a'), flow('g', 'B')];
    const end = element('endEvent', 'end');
    const tasks = [element('task', 'A'), element('task', 'B'), chain('A end'), flow('B', 'end')];
    const content = [start, gateway, ...tasks, end, chain('start g'), ...ways];
    expect(await findingsOf(processOf('p', ...content))).toMatchObject([
      { rule: 'undecided-flow', severity: 'warning', elementId: 'g_B' },
    ]);
  });

  test('gives all findings, not the first', async () => {
    const content = [start, element('serviceTask', 'A'), element('scriptTask', 'B'), chain('start A B')];
    const rules = (await findingsOf(processOf('p', ...content))).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['job-type-missing', 'script-missing']));
  });
});
