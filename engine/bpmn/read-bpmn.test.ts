import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../tests/spec/case-run.ts';
import { chain, definitions, element, processOf } from '../../tests/spec/diagram.ts';
import { readBpmn } from './read-bpmn.ts';

const good = definitions(
  processOf('p', element('startEvent', 'start'), element('endEvent', 'end'), chain('start end')),
);

async function ruleOf(xml: string): Promise<string | undefined> {
  const { model, findings } = await readBpmn(xml);
  const error = findings.find(({ severity }) => severity === 'error');
  if (!error) expect(model).toBeDefined();
  return error?.rule;
}

describe('reading BPMN', () => {
  test('gives every element an id, the same at every reading', async () => {
    const nameless = good.replace('id="start_end" ', '');
    const ids = async () => [...((await readBpmn(nameless)).model?.byId.keys() ?? [])];
    expect(await ids()).toContain('p_SequenceFlow_1');
    expect(await ids()).toEqual(await ids());
  });

  test('takes nothing another tool keeps in extension elements, or a comment, for BPMN', async () => {
    const kept = '<bpmn:extensionElements><x:style xmlns:x="urn:x"><bpmn:Grid /></x:style></bpmn:extensionElements>';
    const drawn = good.replace(
      '<bpmn:startEvent id="start">',
      `<!-- <bpmn:Task> --><bpmn:startEvent id="start">${kept}`,
    );
    expect(await ruleOf(drawn)).toBeUndefined();
    expect(await ruleOf(good.replaceAll('bpmn:startEvent', 'bpmn:StartEvent'))).toBe('unknown-element');
  });

  test.each([
    [
      'a document type',
      good.replace('<bpmn:definitions', '<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions'),
      'doctype',
    ],
    ['a NUL', good.replace('id="start"', 'id="st\u0000art"'), 'bad-characters'],
    ['half a surrogate pair', good.replace('id="start"', 'id="start" name="\ud800"'), 'bad-characters'],
    ['a name of JavaScript as id', good.replaceAll('"start"', '"__proto__"'), 'reserved-id'],
    ['an id twice', good.replace('id="end"', 'id="start"'), 'duplicate-id'],
    [
      'an unknown element',
      good.replace('</bpmn:process>', '<bpmn:frobnicate id="x" /></bpmn:process>'),
      'unknown-element',
    ],
    ['a flow to nowhere', good.replace('targetRef="end"', 'targetRef="nowhere"'), 'unresolved-reference'],
    ['text that is no XML', 'hello', 'not-bpmn'],
    ['a cut file', good.slice(0, good.length / 2), 'not-bpmn'],
    ['another root', '<html></html>', 'not-bpmn'],
    [
      'too many levels',
      good.replace('</bpmn:process>', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}</bpmn:process>`),
      'too-deep',
    ],
  ])('refuses %s', async (_, xml, rule) => {
    expect(await ruleOf(xml)).toBe(rule);
  });

  test('names the place where it refuses', async () => {
    const { findings } = await readBpmn(good.replace('</bpmn:process>', '\n<bpmn:frobnicate id="x" /></bpmn:process>'));
    expect(findings[0]).toMatchObject({ path: expect.stringMatching(/^3:/), params: { element: 'bpmn:frobnicate' } });
  });

  test('resolves references written with a prefix', async () => {
    expect(await ruleOf(good.replace('targetRef="end"', 'targetRef="tns:end"'))).toBeUndefined();
  });

  test('refuses an attribute it does not know, which would be ignored in silence', async () => {
    const { findings } = await readBpmn(good.replace('id="start"', 'id="start" colour="red"'));
    expect(findings).toMatchObject([{ rule: 'unknown-attribute', severity: 'error', elementId: 'start' }]);
  });
});

describe('an element the engine does not execute', () => {
  test('is refused by name', async () => {
    const findings = await findingsOf(
      processOf('p', element('startEvent', 'start'), element('choreographyTask', 'Free')),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'unsupported-element',
        elementId: 'Free',
        params: { type: 'bpmn:ChoreographyTask' },
      }),
    );
  });

  test('may be drawn where it means nothing to execution', async () => {
    const drawn = [
      element('dataObject', 'data'),
      element('dataObjectReference', 'ref', '', 'dataObjectRef="data"'),
      element('textAnnotation', 'note', '<bpmn:text>why</bpmn:text>'),
      element('group', 'group'),
      element('startEvent', 'start'),
      element('task', 'send'),
      element('endEvent', 'end'),
      chain('start send end'),
    ];
    const pools =
      '<bpmn:collaboration id="c"><bpmn:participant id="pool" name="医院" processRef="p" /><bpmn:participant id="box" name="医保局" /><bpmn:messageFlow id="m" sourceRef="send" targetRef="box" /></bpmn:collaboration>';
    expect(await findingsOf(pools, processOf('p', ...drawn))).toEqual([]);
  });
});
