import { type BadInput, escaped, seeded } from './bad-input.ts';

const namespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

const file = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="${namespace}" id="d" name="d" namespace="x">${body}</definitions>`;
const literal = (feel: string) => `<literalExpression><text>${escaped(feel)}</text></literalExpression>`;
const decision = (id: string, logic: string, needs = '') =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${needs}${logic}</decision>`;
const needs = (id: string) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;
const knows = (id: string, name: string, logic: string) =>
  `<businessKnowledgeModel id="${id}" name="${name}"><variable name="${name}"/><encapsulatedLogic><formalParameter name="n"/>${logic}</encapsulatedLogic></businessKnowledgeModel>`;
const table = (rules: string, attributes = '', outputs = '<output id="o" name="dose"/>') =>
  `<decisionTable id="t"${attributes}><input id="i"><inputExpression><text>age</text></inputExpression></input>${outputs}${rules}</decisionTable>`;
const rule = (test: string, answer: string) =>
  `<rule><inputEntry><text>${escaped(test)}</text></inputEntry><outputEntry><text>${escaped(answer)}</text></outputEntry></rule>`;

const good = file(decision('dose', table(rule('< 14', '1') + rule('>= 14', '2'))));

const cells = [
  '>= ',
  '< <',
  '[1..',
  '1..2..3',
  'not(',
  'nope(1)',
  '"a',
  '] 1',
  '(1..2',
  '<= <= 3',
  '=',
  '- -',
  'date(',
];
const answers = [
  '1 +',
  '"a',
  '{',
  'nope(1)',
  'if x',
  ')',
  'for i in 1..1000000000 return i',
  'matches("a", "^(a+)+$")',
  '(((((1',
  '9'.repeat(400),
];

const logic: readonly (readonly [string, string])[] = [
  ...cells.map((cell) => [`the cell ${cell}`, file(decision('a', table(rule(cell, '1'))))] as const),
  ...answers.map(
    (answer) => [`the answer ${answer.slice(0, 30)}`, file(decision('a', table(rule('-', answer))))] as const,
  ),
  ...['unique', 'SOME', 'UNIQUE ', 'COLLECT SUM', 'RULE-ORDER', ''].map(
    (policy) =>
      [`the hit policy "${policy}"`, file(decision('a', table(rule('-', '1'), ` hitPolicy="${policy}"`)))] as const,
  ),
  ...['AVG', 'sum', 'MEDIAN'].map(
    (how) =>
      [
        `the aggregation ${how}`,
        file(decision('a', table(rule('-', '1'), ` hitPolicy="COLLECT" aggregation="${how}"`))),
      ] as const,
  ),
  [
    'an aggregation of a table that does not collect',
    file(decision('a', table(rule('-', '1'), ' hitPolicy="UNIQUE" aggregation="SUM"'))),
  ],
  [
    'an aggregation of two outputs',
    file(decision('a', table('', ' hitPolicy="COLLECT" aggregation="SUM"', '<output name="a"/><output name="b"/>'))),
  ],
  ['priority without values', file(decision('a', table(rule('-', '1'), ' hitPolicy="PRIORITY"')))],
  ['an order of outputs without values', file(decision('a', table(rule('-', '1'), ' hitPolicy="OUTPUT ORDER"')))],
  ['no output', file(decision('a', table('', '', '')))],
  ['two outputs of one name', file(decision('a', table('', '', '<output name="a"/><output name="a"/>')))],
  ['outputs without names', file(decision('a', table('', '', '<output/><output/>')))],
  ['a rule without an answer', file(decision('a', table('<rule><inputEntry><text>1</text></inputEntry></rule>')))],
  [
    'a rule of too many tests',
    file(decision('a', table(rule('1', '2').replace('</rule>', '<inputEntry><text>1</text></inputEntry></rule>')))),
  ],
  ['a type nobody knows', file(decision('a', table(rule('-', '1'), '', '<output name="a" typeRef="tThing"/>')))],
  [
    'an input without an expression',
    file(decision('a', table(rule('-', '1')).replace('<text>age</text>', '<text></text>'))),
  ],
  ['an empty literal', file(decision('a', literal('')))],
  ['a decision that requires itself', file(decision('a', literal('a'), needs('a')))],
  [
    'two decisions that require each other',
    file(decision('a', literal('b'), needs('b')) + decision('b', literal('a'), needs('a'))),
  ],
  [
    'a circle of fifty',
    file(Array.from({ length: 50 }, (_, n) => decision(`d${n}`, literal('1'), needs(`d${(n + 1) % 50}`))).join('')),
  ],
  ['a required decision that is not there', file(decision('a', literal('1'), needs('nowhere')))],
  ['a requirement of nothing', file(decision('a', literal('1'), '<informationRequirement/>'))],
  ['an id twice', file(decision('a', literal('1')) + decision('a', literal('2')))],
  ...['__proto__', 'constructor', 'toString', 'prototype'].map(
    (id) => [`the id ${id}`, file(decision(id, literal('1')))] as const,
  ),
  ['an invocation of nobody', file(decision('a', `<invocation>${literal('nobody')}</invocation>`))],
  ['knowledge that calls itself', file(decision('a', literal('f(1)')) + knows('k', 'f', literal('f(n)')))],
  [
    'knowledge that calls itself through another',
    file(decision('a', literal('f(1)')) + knows('k', 'f', literal('g(n)')) + knows('l', 'g', literal('f(n)'))),
  ],
  [
    'knowledge in Java',
    file(
      `${decision('a', literal('f(1)'))}<businessKnowledgeModel id="k" name="f"><variable name="f"/><encapsulatedLogic kind="Java"><formalParameter name="n"/>${literal('1')}</encapsulatedLogic></businessKnowledgeModel>`,
    ),
  ],
  [
    'a literal in another language',
    file(
      decision(
        'a',
        '<literalExpression expressionLanguage="http://www.omg.org/spec/JavaScript"><text>1</text></literalExpression>',
      ),
    ),
  ],
  ['an element DMN does not know', file('<magic id="m"/>')],
  ['another namespace', good.replace(namespace, 'https://example.invalid/DMN/')],
  ['a BPMN file', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>'],
  ['JSON', '{}'],
  ['an empty file', ''],
  ['a prefix nobody declared', file('<acme:decision id="a"/>')],
  ['an external entity', good.replace('?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
  ['laughs', good.replace('?>', '?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>')],
  ['NUL', good.replace('age', 'a\0e')],
  ['NUL by number', good.replace('age', 'a&#0;e')],
  ['half a surrogate pair', good.replace('age', '\ud800')],
  ['no such entity', good.replace('age', '&age;')],
];

const bombs: readonly (readonly [string, string])[] = [
  [
    'contexts within each other',
    file(
      decision(
        'a',
        '<context><contextEntry><variable name="x"/>'.repeat(2_000) +
          literal('1') +
          '</contextEntry></context>'.repeat(2_000),
      ),
    ),
  ],
  ['lists within each other', file(decision('a', '<list>'.repeat(400) + literal('1') + '</list>'.repeat(400)))],
  ['tags without end', `${file('').slice(0, -14)}${'<decision>'.repeat(50_000)}`],
  [
    'thirty thousand rules',
    file(decision('a', table(Array.from({ length: 30_000 }, (_, n) => rule(`${n}`, '1')).join('')))),
  ],
  [
    'nine thousand different cells',
    file(decision('a', table(Array.from({ length: 4_500 }, (_, n) => rule(`> ${n}`, `${n}`)).join('')))),
  ],
  ['three megabytes', file(decision('a', literal(`"${'x'.repeat(3_000_000)}"`)))],
  [
    'a thousand long expressions',
    file(Array.from({ length: 500 }, (_, n) => decision(`d${n}`, literal(`${n} + ${'1 + '.repeat(900)}1`))).join('')),
  ],
  ['a deep expression', file(decision('a', literal(`${'('.repeat(1_500)}1${')'.repeat(1_500)}`)))],
  [
    'types within each other without end',
    file(
      `<itemDefinition name="t"><itemComponent name="x"><typeRef>t</typeRef></itemComponent></itemDefinition>${decision('a', table(rule('-', '1'), '', '<output name="a" typeRef="t"/>'))}`,
    ),
  ],
];

/** Every bad decision file. */
export function badDecisions(): readonly BadInput[] {
  const step = Math.floor(good.length / 20);
  const next = seeded(7);
  const cut = Array.from({ length: 19 }, (_, n) => ({
    name: `cut off after ${(n + 1) * step}`,
    dmn: good.slice(0, (n + 1) * step),
  }));
  const changed = Array.from({ length: 30 }, (_, n) => {
    const at = next(good.length);
    const code = good.charCodeAt(at) ^ (1 << next(7));
    const dmn = `${good.slice(0, at)}${String.fromCharCode(code)}${good.slice(at + 1)}`;
    return { name: `one bit changed (${n})`, dmn, mayBeValid: true as const };
  });
  return [...[...logic, ...bombs].map(([name, dmn]) => ({ name, dmn })), ...cut, ...changed];
}
