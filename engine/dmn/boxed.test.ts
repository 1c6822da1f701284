import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { compileDecisions, evaluateDecision } from './index.ts';

const env = { at: '2026-03-02T00:00:00.000Z', zone: 'Asia/Shanghai' };

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const feel = (text: string) => `<literalExpression><text>${escaped(text)}</text></literalExpression>`;
const entry = (name: string, logic: string) => `<contextEntry><variable name="${name}"/>${logic}</contextEntry>`;
const result = (logic: string) => `<contextEntry>${logic}</contextEntry>`;
const fn = (parameters: string, body: string, kind = '') =>
  `<functionDefinition${kind}>${parameters
    .split(' ')
    .map((name) => `<formalParameter name="${name}" typeRef="number"/>`)
    .join('')}${body}</functionDefinition>`;
const invocation = (name: string, args: Readonly<Record<string, string>>) =>
  `<invocation>${feel(name)}${Object.entries(args)
    .map(([parameter, logic]) => `<binding><parameter name="${parameter}"/>${logic}</binding>`)
    .join('')}</invocation>`;
const conditional = (condition: string, positive: string, negative: string) =>
  `<conditional><if>${condition}</if><then>${positive}</then><else>${negative}</else></conditional>`;
const filter = (list: string, match: string) => `<filter><in>${list}</in><match>${match}</match></filter>`;
const iterator = (kind: 'for' | 'some' | 'every', variable: string, list: string, each: string) => {
  const tag = kind === 'for' ? 'return' : 'satisfies';
  return `<${kind} iteratorVariable="${variable}"><in>${list}</in><${tag}>${each}</${tag}></${kind}>`;
};
const table = (output: string, id = 'low') =>
  `<decisionTable id="table-${id}"><input id="in-${id}" label="n"><inputExpression typeRef="number"><text>n</text></inputExpression></input><output id="out-${id}"/><rule id="${id}"><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>${escaped(output)}</text></outputEntry></rule></decisionTable>`;
const decision = (id: string, logic: string, needs: readonly string[] = []) =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${needs
    .map((one) => `<informationRequirement><requiredDecision href="#${one}"/></informationRequirement>`)
    .join('')}${logic}</decision>`;
const file = (...body: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="x">${body.join('')}</definitions>`;

async function decide(xml: string, context: JsonObject = {}) {
  const { decisions, findings } = await compileDecisions({ 'boxed.dmn': xml });
  expect(findings).toEqual([]);
  return evaluateDecision(decisions, 'answer', context, env);
}

const doses = {
  doses: [
    { drug: 'A', mg: 5 },
    { drug: 'B', mg: 20 },
    { drug: 'C', mg: null },
  ],
};
const twice = fn('n', feel('n * 2'));

describe('boxed logic', () => {
  test.each<[form: string, logic: string, context: JsonObject, expected: unknown]>([
    ['a literal', feel('0.1 + 0.2'), {}, 0.3],
    [
      'a context',
      `<context>${entry('a', feel('n + 1'))}${entry('b', feel('a * 2'))}</context>`,
      { n: 1 },
      { a: 2, b: 4 },
    ],
    ['a context with a result', `<context>${entry('a', feel('2'))}${result(feel('a * 2'))}</context>`, {}, 4],
    ['a list', `<list>${feel('n')}${feel('n + 1')}</list>`, { n: 1 }, [1, 2]],
    ['a relation', `<relation><column name="x"/><row>${feel('n')}</row></relation>`, { n: 1 }, [{ x: 1 }]],
    ['a table in a list', `<list>${table('"low"')}</list>`, { n: 3 }, ['low']],
    [
      'a function in a context, called',
      `<context>${entry('f', twice)}${result(feel('f(n) + f(1)'))}</context>`,
      { n: 3 },
      8,
    ],
    [
      'a function that knows what is around it',
      `<context>${entry('factor', feel('10'))}${entry('f', fn('n', feel('n * factor')))}${result(feel('f(2)'))}</context>`,
      {},
      20,
    ],
    [
      'a function of several parameters, invoked by name',
      `<context>${entry('less', fn('a b', feel('a - b')))}${result(invocation('less', { b: feel('1'), a: feel('n') }))}</context>`,
      { n: 5 },
      4,
    ],
    [
      'a function handed to a built-in one',
      `<context>${entry('f', fn('a b', feel('a < b')))}${result(feel('sort([3, 1, 2], f)'))}</context>`,
      {},
      [1, 2, 3],
    ],
    ['a conditional that holds', conditional(feel('n > 1'), feel('"many"'), feel('"few"')), { n: 2 }, 'many'],
    ['a conditional that does not', conditional(feel('n > 1'), feel('"many"'), feel('"few"')), { n: 1 }, 'few'],
    ['a conditional about nothing', conditional(feel('n > 1'), feel('"many"'), feel('"few"')), {}, 'few'],
    [
      'a conditional in a conditional',
      conditional(feel('true'), conditional(feel('false'), feel('1'), feel('2')), feel('3')),
      {},
      2,
    ],
    ['a filter by members', filter(feel('doses'), feel('mg > 10')), doses, [{ drug: 'B', mg: 20 }]],
    ['a filter by the item', filter(feel('[1, 2, 3]'), feel('item >= n')), { n: 2 }, [2, 3]],
    ['a filter that counts', filter(feel('[1, 2, 3]'), feel('2')), {}, 2],
    ['a filter that counts from the end', filter(feel('[1, 2, 3]'), feel('-1')), {}, 3],
    ['a filter that counts too far', filter(feel('[1, 2, 3]'), feel('4')), {}, null],
    ['a filter of nothing', filter(feel('null'), feel('true')), {}, []],
    ['for', iterator('for', 'd', feel('doses'), feel('d.mg')), doses, [5, 20, null]],
    ['for over one value', iterator('for', 'd', feel('n'), feel('d + 1')), { n: 1 }, [2]],
    [
      'for with what came before',
      iterator('for', 'i', feel('[1, 2, 3, 4]'), feel('if partial = [] then i else i + partial[-1]')),
      {},
      [1, 3, 6, 10],
    ],
    [
      'for with a box inside',
      iterator('for', 'i', feel('[1, 2]'), conditional(feel('i > 1'), feel('i'), feel('0'))),
      {},
      [0, 2],
    ],
    ['some that holds', iterator('some', 'd', feel('doses'), feel('d.mg > 10')), doses, true],
    ['some that is not known', iterator('some', 'd', feel('doses'), feel('d.mg > 30')), doses, null],
    ['some of nothing', iterator('some', 'd', feel('[]'), feel('true')), {}, false],
    ['every that fails', iterator('every', 'd', feel('doses'), feel('d.mg > 10')), doses, false],
    ['every that is not known', iterator('every', 'd', feel('doses'), feel('d.mg > 1')), doses, null],
    ['every of nothing', iterator('every', 'd', feel('[]'), feel('false')), {}, true],
  ])('%s', async (_form, logic, context, expected) => {
    expect(await decide(file(decision('answer', logic)), context)).toMatchObject({ ok: true, value: expected });
  });

  test('a decision that gives a function is called by those that need it', async () => {
    const xml = file(decision('double', twice), decision('answer', feel('double(n)'), ['double']));
    expect(await decide(xml, { n: 4 })).toMatchObject({
      ok: true,
      value: 8,
      trace: [{ outputs: null }, { outputs: 8 }],
    });
    expect(await decide(file(decision('answer', twice)))).toMatchObject({ ok: false, code: 'not-json' });
  });

  test('a decision that gives functions in a context is called by their names', async () => {
    const library = `<context>${entry('double', twice)}</context>`;
    const xml = file(decision('lib', library), decision('answer', feel('lib.double(n)'), ['lib']));
    expect(await decide(xml, { n: 4 })).toMatchObject({ ok: true, value: 8 });
  });

  test('holds arguments to their types', async () => {
    const body = `<context>${entry('f', twice)}${result(invocation('f', { n: feel('"x"') }))}</context>`;
    expect(await decide(file(decision('answer', body)))).toMatchObject({
      ok: false,
      message: /Expected n to be a number/,
    });
  });

  test('ends a function that is handed to itself', async () => {
    const body = `<context>${entry('f', `<functionDefinition><formalParameter name="g"/>${invocation('g', { g: feel('g') })}</functionDefinition>`)}${result(feel('f(f)'))}</context>`;
    const { findings } = await compileDecisions({ 'boxed.dmn': file(decision('answer', body)) });
    expect(findings).toMatchObject([{ rule: 'dmn-unknown-knowledge' }]);
  });

  test('keeps the rules of every table for the auditor, also of those inside boxes and knowledge', async () => {
    const knowledge = `<businessKnowledgeModel id="k" name="band"><variable name="band"/><encapsulatedLogic><formalParameter name="n" typeRef="number"/>${table('"low"', 'known')}</encapsulatedLogic></businessKnowledgeModel>`;
    const xml = file(knowledge, decision('answer', `<list>${feel('band(n)')}${table('"low"')}</list>`));
    expect(await decide(xml, { n: 3 })).toMatchObject({
      ok: true,
      value: ['low', 'low'],
      trace: [{ decisionId: 'answer', ruleIds: ['known', 'low'], inputs: { n: 3 } }],
    });
  });
});

describe('boxed logic that cannot be run', () => {
  test.each([
    ['a function without logic', 'dmn-no-logic', '<functionDefinition/>'],
    ['a function in another language', 'dmn-unsupported', fn('n', feel('n'), ' kind="Java"')],
    [
      'a conditional without an else',
      'dmn-no-logic',
      `<conditional><if>${feel('true')}</if><then>${feel('1')}</then></conditional>`,
    ],
    ['a filter without a match', 'dmn-no-logic', `<filter><in>${feel('[1]')}</in></filter>`],
    [
      'an iteration without a variable',
      'dmn-no-variable',
      `<for><in>${feel('[1]')}</in><return>${feel('1')}</return></for>`,
    ],
    ['a broken expression in a box', 'feel-syntax', conditional(feel('1 +'), feel('1'), feel('2'))],
    [
      'a function called before it is there',
      'feel-unknown-function',
      `<context>${entry('a', feel('f(1)'))}${entry('f', twice)}</context>`,
    ],
  ])('%s is refused', async (_what, rule, logic) => {
    const { findings } = await compileDecisions({ 'boxed.dmn': file(decision('answer', logic)) });
    expect(findings.map((finding) => [finding.rule, finding.severity])).toContainEqual([rule, 'error']);
  });

  test('a list that is none is told by its type', async () => {
    const xml = file(decision('answer', iterator('for', 'i', twice, feel('i'))));
    expect(await decide(xml)).toMatchObject({ ok: false, code: 'wrong-type' });
  });
});

describe('declared types', () => {
  const item = (name: string, type: string, allowed?: string, more = '') =>
    `<itemDefinition name="${name}"${more}><typeRef>${type}</typeRef>${allowed ? `<allowedValues><text>${escaped(allowed)}</text></allowedValues>` : ''}</itemDefinition>`;
  const typedDecision = (type: string, logic: string) =>
    `<decision id="answer" name="answer"><variable name="answer" typeRef="${type}"/>${logic}</decision>`;
  const grade = item('tGrade', 'string', '"low", "high"');
  const typedTable = (inputType: string, outputType: string, test: string, output: string) =>
    `<decisionTable id="t"><input id="i"><inputExpression typeRef="${inputType}"><text>n</text></inputExpression></input><output id="o" typeRef="${outputType}"/><rule id="r1"><inputEntry><text>${escaped(test)}</text></inputEntry><outputEntry><text>${escaped(output)}</text></outputEntry></rule></decisionTable>`;
  const rulesFound = async (xml: string) =>
    (await compileDecisions({ 'typed.dmn': xml })).findings.map(({ rule, severity }) => `${rule} ${severity}`);

  test.each<[what: string, type: string, given: JsonObject, ok: boolean]>([
    ['an allowed value', 'tGrade', { n: 'low' }, true],
    ['another value', 'tGrade', { n: 'middle' }, false],
    ['nothing', 'tGrade', {}, true],
    ['a value in an allowed range', 'tDose', { n: 5 }, true],
    ['a value beside it', 'tDose', { n: 0 }, false],
    ['a list of allowed values', 'tGrades', { n: ['low', 'high'] }, true],
    ['a list with another', 'tGrades', { n: ['low', 'middle'] }, false],
  ])('%s is held to what is allowed', async (_what, type, given, ok) => {
    const items = `${grade}${item('tDose', 'number', '(0..10]')}${item('tGrades', 'string', '"low", "high"', ' isCollection="true"')}`;
    const answer = await decide(file(items, typedDecision(type, feel('n'))), given);
    expect(answer).toMatchObject(ok ? { ok } : { ok, code: 'wrong-type' });
    if (typeof given.n === 'string' && !ok) expect(JSON.stringify(answer)).not.toContain(given.n);
  });

  test.each<[what: string, xml: string, found: readonly string[]]>([
    [
      'an answer of another type',
      file(decision('answer', typedTable('number', 'number', '< 1', '"x"'))),
      ['dmn-type-mismatch error'],
    ],
    [
      'an answer that is not allowed',
      file(grade, decision('answer', typedTable('number', 'tGrade', '< 1', '"middle"'))),
      ['dmn-value-not-allowed error'],
    ],
    ['an answer that is', file(grade, decision('answer', typedTable('number', 'tGrade', '< 1', '"low"'))), []],
    ['an answer that is computed', file(grade, decision('answer', typedTable('number', 'tGrade', '< 1', 'other'))), []],
    ['a date written as text', file(decision('answer', typedTable('number', 'date', '< 1', '"2026-03-01"'))), []],
    [
      'a test of another type',
      file(decision('answer', typedTable('number', 'string', '"x"', '"y"'))),
      ['dmn-type-mismatch warning'],
    ],
    [
      'a test of text on a date',
      file(decision('answer', typedTable('date', 'string', '< "2026-03-01"', '"y"'))),
      ['dmn-type-mismatch warning'],
    ],
    ['a test for nothing', file(decision('answer', typedTable('number', 'string', 'null', '"y"'))), []],
    ['allowed values that cannot be read', file(item('tBad', 'string', '"low",')), ['feel-syntax error']],
    ['allowed values of another type', file(item('tBad', 'string', '1, 2')), ['dmn-type-mismatch error']],
  ])('%s', async (_what, xml, found) => {
    expect(await rulesFound(xml)).toEqual(found);
  });
});
