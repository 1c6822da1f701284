import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { compileDecisions, evaluateDecision, explainDecision } from './index.ts';

const env = { at: '2026-03-02T00:00:00.000Z', zone: 'Asia/Shanghai' };

type Table = {
  readonly policy?: string;
  readonly aggregation?: string;
  readonly inputs: readonly (readonly [expression: string, typeRef?: string])[];
  readonly outputs: readonly {
    readonly name?: string;
    readonly type?: string;
    readonly values?: string;
    readonly fallback?: string;
  }[];
  readonly rules: readonly (readonly string[])[];
};

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function tableXml({ policy, aggregation, inputs, outputs, rules }: Table): string {
  const columns = inputs.map(
    ([text, type], index) =>
      `<input id="in${index}" label="${escaped(text)}"><inputExpression${type ? ` typeRef="${type}"` : ''}><text>${escaped(text)}</text></inputExpression></input>`,
  );
  const answers = outputs.map(
    ({ name, type, values, fallback }, index) =>
      `<output id="out${index}"${name ? ` name="${name}"` : ''}${type ? ` typeRef="${type}"` : ''}>${values ? `<outputValues><text>${escaped(values)}</text></outputValues>` : ''}${fallback ? `<defaultOutputEntry><text>${escaped(fallback)}</text></defaultOutputEntry>` : ''}</output>`,
  );
  const rows = rules.map((cells, row) => {
    const parts = cells.map((cell, column) => {
      const tag = column < inputs.length ? 'inputEntry' : 'outputEntry';
      return `<${tag}><text>${escaped(cell)}</text></${tag}>`;
    });
    return `<rule id="r${row + 1}">${parts.join('')}</rule>`;
  });
  const hit = policy ? ` hitPolicy="${policy}"` : '';
  return `<decisionTable id="t"${hit}${aggregation ? ` aggregation="${aggregation}"` : ''}>${columns.join('')}${answers.join('')}${rows.join('')}</decisionTable>`;
}

function file(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">${body}</definitions>`;
}

function decisionXml(id: string, logic: string, needs = ''): string {
  return `<decision id="${id}" name="${id}"><variable name="${id}"/>${needs}${logic}</decision>`;
}

async function compiled(xml: string) {
  const { decisions, findings } = await compileDecisions({ 'table.dmn': xml });
  expect(findings).toEqual([]);
  return decisions;
}

async function decide(table: Table, context: JsonObject) {
  return evaluateDecision(await compiled(file(decisionXml('grade', tableXml(table)))), 'grade', context, env);
}

const grades: Table = {
  inputs: [['患者.年龄', 'number']],
  outputs: [{ name: '级别', values: '"高", "中", "低"' }],
  rules: [
    ['>= 65', '"中"'],
    ['>= 80', '"高"'],
    ['< 18', '"低"'],
  ],
};

describe('hit policies', () => {
  test.each<[string, string | undefined, number, unknown]>([
    ['UNIQUE', undefined, 70, '中'],
    ['UNIQUE', undefined, 30, null],
    ['FIRST', undefined, 85, '中'],
    ['PRIORITY', undefined, 85, '高'],
    ['OUTPUT ORDER', undefined, 85, ['高', '中']],
    ['RULE ORDER', undefined, 85, ['中', '高']],
    ['COLLECT', undefined, 85, ['中', '高']],
    ['COLLECT', undefined, 30, []],
    ['COLLECT', 'COUNT', 85, 2],
    ['COLLECT', 'COUNT', 30, 0],
  ])('%s %s of %d', async (policy, aggregation, age, expected) => {
    expect(await decide({ ...grades, policy, aggregation }, { 患者: { 年龄: age } })).toMatchObject({
      ok: true,
      value: expected,
    });
  });

  test.each<[string, number]>([
    ['SUM', 0.3],
    ['MIN', 0.1],
    ['MAX', 0.2],
  ])('COLLECT %s is decimal', async (aggregation, expected) => {
    const table: Table = {
      ...{ policy: 'COLLECT', aggregation, inputs: [['x']], outputs: [{}] },
      rules: [
        ['-', '0.1'],
        ['-', '0.2'],
      ],
    };
    expect(await decide(table, { x: 1 })).toMatchObject({ ok: true, value: expected });
  });

  test('UNIQUE names the rules that both match', async () => {
    expect(await decide(grades, { 患者: { 年龄: 85 } })).toMatchObject({
      ok: false,
      code: 'several-rules-match',
      message: expect.stringContaining('r1, r2'),
    });
  });

  test('ANY allows rules of one answer and refuses others', async () => {
    const any = { ...grades, policy: 'ANY' };
    expect(await decide(any, { 患者: { 年龄: 85 } })).toMatchObject({ ok: false, code: 'rules-disagree' });
    const same: Table = { ...any, rules: grades.rules.map(([test]) => [test ?? '-', '"同"']) };
    expect(await decide(same, { 患者: { 年龄: 85 } })).toMatchObject({ ok: true, value: '同' });
  });
});

describe('columns', () => {
  const table: Table = {
    policy: 'FIRST',
    inputs: [
      ['日期', 'date'],
      ['金额', 'number'],
    ],
    outputs: [
      { name: 'band', type: 'string', fallback: '"none"' },
      { name: 'limit', type: 'number', fallback: '0' },
    ],
    rules: [
      ['< date("2026-03-01")', '-', '"old"', '1'],
      ['-', '[100..200)', '"small"', '金额 * 2'],
    ],
  };

  test('several outputs are a context, with the trace of what was asked and answered', async () => {
    expect(await decide(table, { 日期: '2026-03-05', 金额: 150 })).toMatchObject({
      ok: true,
      value: { band: 'small', limit: 300 },
      trace: [
        {
          decisionId: 'grade',
          ruleIds: ['r2'],
          inputs: { 日期: '2026-03-05', 金额: 150 },
          outputs: { band: 'small', limit: 300 },
        },
      ],
    });
  });

  test('a text becomes a date where a date is declared', async () => {
    expect(await decide(table, { 日期: '2026-02-28', 金额: 1 })).toMatchObject({ value: { band: 'old' } });
  });

  test('defaults answer when no rule does', async () => {
    expect(await decide(table, { 日期: '2026-03-05', 金额: 1 })).toMatchObject({ value: { band: 'none', limit: 0 } });
  });

  test('a value of another type is refused and not shown', async () => {
    const result = await decide(table, { 日期: '2026-03-05', 金额: '张三' });
    expect(result).toMatchObject({ ok: false, code: 'wrong-type', decisionId: 'grade' });
    expect(JSON.stringify(result)).not.toContain('张三');
  });
});

test('a trace is told by the numbers of its rules and what stands beside them', async () => {
  const noted = tableXml(grades)
    .replace('</rule>', '<annotationEntry><text>成人</text></annotationEntry></rule>')
    .replace('<rule id="r3">', '<rule id="r3"><description>未成年</description>');
  expect(explainDecision(await compiled(file(decisionXml('grade', noted))), 'grade')).toEqual({
    name: 'grade',
    inputs: {},
    rules: { r1: { number: 1, note: '成人' }, r2: { number: 2 }, r3: { number: 3, note: '未成年' } },
  });
  expect(explainDecision({}, 'grade')).toBeUndefined();
});

describe('a relation', () => {
  const cell = (feel: string) => `<literalExpression><text>${escaped(feel)}</text></literalExpression>`;
  const relation = `<relation><column name="age"/><column name="dose" typeRef="number"/><row>${cell('age + 1')}${cell('0.1 + 0.2')}</row><row>${cell('age')}${cell('2')}</row></relation>`;

  test('is a list of contexts; a column hides no variable from the cells beside it', async () => {
    const decisions = await compiled(file(decisionXml('a', relation)));
    expect(evaluateDecision(decisions, 'a', { age: 5 }, env)).toMatchObject({
      ok: true,
      value: [
        { age: 6, dose: 0.3 },
        { age: 5, dose: 2 },
      ],
    });
  });

  test('holds its columns to their types', async () => {
    const decisions = await compiled(file(decisionXml('a', relation.replace('<text>2</text>', '<text>"2"</text>'))));
    expect(evaluateDecision(decisions, 'a', { age: 5 }, env)).toMatchObject({ ok: false, code: 'wrong-type' });
  });
});

describe('requirements and knowledge', () => {
  const body = [
    '<inputData id="i1" name="体重 kg"><variable name="体重 kg" typeRef="number"/></inputData>',
    decisionXml(
      'dose',
      '<literalExpression><text>rounded(体重 kg * factor)</text></literalExpression>',
      '<informationRequirement><requiredInput href="#i1"/></informationRequirement><informationRequirement><requiredDecision href="#factor"/></informationRequirement>',
    ),
    decisionXml('factor', '<literalExpression><text>0.1 + 0.2</text></literalExpression>'),
    '<businessKnowledgeModel id="k" name="rounded"><variable name="rounded"/><encapsulatedLogic><formalParameter name="n" typeRef="number"/><literalExpression><text>round half up(n, 1)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>',
  ].join('');

  test('are made first, once, and stand in the trace', async () => {
    const result = evaluateDecision(await compiled(file(body)), 'dose', { '体重 kg': 70.5 }, env);
    expect(result).toMatchObject({ ok: true, value: 21.2, trace: [{ decisionId: 'factor' }, { decisionId: 'dose' }] });
  });

  test('a failure inside knowledge reaches the caller', async () => {
    const result = evaluateDecision(await compiled(file(body)), 'dose', { '体重 kg': 'x' }, env);
    expect(result).toMatchObject({ ok: false, code: 'wrong-type' });
  });

  test('no decision of that id', async () => {
    expect(evaluateDecision(await compiled(file(body)), 'nope', {}, env)).toMatchObject({ code: 'decision-not-found' });
  });

  test('knowledge that calls itself is refused by name', async () => {
    const { findings } = await compileDecisions({ 'x.dmn': file(body.replace('round half up(n, 1)', 'rounded(n)')) });
    expect(findings).toMatchObject([{ rule: 'dmn-circular-requirement', severity: 'error', elementId: 'k' }]);
  });
});

describe('what is refused when it is deployed', () => {
  test.each<[string, string, string]>([
    ['not XML', 'dmn-unreadable', 'hello'],
    ['a document type', 'dmn-doctype', `<!DOCTYPE x [<!ENTITY a "b">]>${file('')}`],
    ['a broken cell', 'feel-syntax', file(decisionXml('a', tableXml({ ...grades, rules: [['>= ', '1']] })))],
    [
      'an unknown function',
      'feel-unknown-function',
      file(decisionXml('a', '<literalExpression><text>nope(1)</text></literalExpression>')),
    ],
    ['an unknown type', 'dmn-unknown-type', file(decisionXml('a', tableXml({ ...grades, inputs: [['x', 'tThing']] })))],
    ['a short rule', 'dmn-rule-shape', file(decisionXml('a', tableXml({ ...grades, rules: [['1']] })))],
    [
      'priority without values',
      'dmn-outputs',
      file(decisionXml('a', tableXml({ ...grades, policy: 'PRIORITY', outputs: [{}] }))),
    ],
    [
      'aggregating two outputs',
      'dmn-outputs',
      file(
        decisionXml(
          'a',
          tableXml({
            ...grades,
            policy: 'COLLECT',
            aggregation: 'SUM',
            outputs: [{ name: 'a' }, { name: 'b' }],
            rules: [],
          }),
        ),
      ),
    ],
    [
      'a missing requirement',
      'dmn-requirement-missing',
      file(
        decisionXml(
          'a',
          '<literalExpression><text>1</text></literalExpression>',
          '<informationRequirement><requiredDecision href="#b"/></informationRequirement>',
        ),
      ),
    ],
    [
      'a circle',
      'dmn-circular-requirement',
      file(
        decisionXml(
          'a',
          '<literalExpression><text>1</text></literalExpression>',
          '<informationRequirement><requiredDecision href="#a"/></informationRequirement>',
        ),
      ),
    ],
    ['a relation without columns', 'dmn-relation', file(decisionXml('a', '<relation/>'))],
    [
      'a row that is too short',
      'dmn-relation',
      file(decisionXml('a', '<relation><column name="x"/><row/></relation>')),
    ],
  ])('%s', async (_, rule, xml) => {
    const { findings } = await compileDecisions({ 'table.dmn': xml });
    expect(findings.filter(({ severity }) => severity === 'error').map((finding) => finding.rule)).toContain(rule);
  });

  test('other versions of the standard are read', async () => {
    const xml = file(decisionXml('a', '<literalExpression><text>1</text></literalExpression>'));
    for (const version of ['20180521', '20211108', '20230324']) {
      const decisions = await compiled(xml.replaceAll('20191111', version));
      expect(evaluateDecision(decisions, 'a', {}, env)).toMatchObject({ ok: true, value: 1 });
    }
  });
});
