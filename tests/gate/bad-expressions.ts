import { goodDiagram } from './bad-diagrams.ts';
import { type BadInput, escaped } from './bad-input.ts';

const repeat = (text: string, count: number) => text.repeat(count);
const nested = (open: string, middle: string, close: string, depth: number) =>
  `${repeat(open, depth)}${middle}${repeat(close, depth)}`;

/** What no FEEL is. */
const syntax = [
  ...[
    'a +',
    '+',
    'a b c',
    '(a',
    'a)',
    '[1, 2',
    '{a: }',
    '{: 1}',
    'if a then b',
    'if a',
    'for x in',
    'for x in a',
    'some x in a',
    'every',
    'a = = b',
  ],
  ...[
    'a => b',
    'a === b',
    'a && b',
    'a || b',
    'a ? b : c',
    'a; b',
    'return 1',
    'a := 1',
    '"unclosed',
    '1..',
    '[1..',
    'x[',
    'x.',
    '.x',
    'a..b',
  ],
  ...[
    'function(',
    'function(a',
    'function(a) ',
    '@"',
    '@x',
    '#{a.b()}',
    'null null',
    'a between 1',
    'a in',
    'not',
    'a instance of',
    '\\',
    '`a',
    '1 2',
    ',',
  ],
  ...[
    '{"a": 1',
    '{"__x" 1}',
    'a.b.',
    '"a" "b"',
    '1e',
    '0x1F',
    'a!b',
    '!a',
    'a->b',
    '<a>',
    'let x = 1',
    'true false',
    '%',
    '1 % 2',
    '~a',
    'a | b',
    ':',
  ],
];

/** What is FEEL, and nothing that Meridian runs. */
const unknown = [
  ...[
    'eval("1")',
    'require("fs")',
    'process.exit(1)',
    'fetch("http://x")',
    'import("fs")',
    'alert(1)',
    'constructor("return 1")()',
    'nope(1)',
  ],
  ...[
    'a.b(1)',
    'function(x) external {java: {class: "java.lang.Math"}}',
    '__add(1, 2)',
    '__proto__',
    '__now',
    'sum.constructor("x")',
  ],
];

/** What would take a long time or much room. */
const bombs = [
  nested('(', '1', ')', 200),
  nested('(', '1', ')', 1_900),
  nested('(', '1', ')', 100_000),
  nested('[', '1', ']', 1_000),
  nested('{a: ', '1', '}', 500),
  nested('if true then ', '1', ' else 0', 150),
  nested('not(', 'true', ')', 200),
  repeat('-', 1_000).concat('1'),
  nested('for i in [1] return ', 'i', '', 120),
  nested('some x in [1] satisfies ', 'true', '', 120),
  nested('function(x) ', '1', '', 120),
  nested('abs(', '1', ')', 300),
  `a${repeat('[1]', 1_300)}`,
  `a = "${repeat('x', 5_000)}"`,
  repeat('a or ', 2_000).concat('a'),
  repeat('1 + ', 100_000).concat('1'),
  'x '.repeat(3_000),
  'for i in 1..1000000000 return i',
  'sum(for i in 1..100000 return i) > 1',
  'some x in 1..999999999999 satisfies x > 5',
  'every x in -1000000000..1000000000 satisfies x > 5',
  'for i in 1..20000, j in 1..20000 return i * j',
  'count(for i in 0..10001 return 1) > 0',
  ...[
    '^(a+)+$',
    '(a*)*',
    '(a|a)*',
    '(a|aa)+$',
    '([a-z]+)*',
    '(.*a){20}',
    '(a+){11,}',
    '((a{0,9})*)*',
    '(\\\\w+\\\\s?)*$',
    `${repeat('a?', 30)}${repeat('a', 30)}`,
  ].map((pattern) => `matches(a, "${pattern}")`),
  ...[
    `${repeat('(a|a)', 20)}`,
    `${repeat('a{0,5}', 12)}`,
    '(?:(?:a|b){10}){10}',
    '(a)\\\\1',
    '(?<x>a)\\\\k<x>',
    '(',
    'a)',
    '((((',
  ].map((pattern) => `replace(a, "${pattern}", "b") = "c"`),
  ...['^(a+)+$', '(x+x+)+y'].map((pattern) => `count(split(a, "${pattern}")) > 1`),
  `${repeat('9', 400)} > a`,
  `1e999 > a`,
];

/** Every bad expression, as the condition of a flow. */
export function badExpressions(): readonly BadInput[] {
  const asCondition = (feel: string) => goodDiagram.replace('=amount &gt; 100', escaped(`=${feel}`));
  return [...syntax, ...unknown, ...bombs].map((feel) => ({
    name: feel.length > 60 ? `${feel.slice(0, 40)}… (${feel.length} characters)` : feel,
    bpmn: asCondition(feel),
  }));
}

/** A diagram whose many expressions are each harmless. */
export function manyExpressions(count: number, each: (n: number) => string): BadInput {
  const tasks = Array.from(
    { length: count },
    (_, n) =>
      `<bpmn:userTask id="u${n}"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition assignee="=${escaped(each(n))}" /></bpmn:extensionElements></bpmn:userTask><bpmn:sequenceFlow id="fu${n}" sourceRef="${n === 0 ? 'Check' : `u${n - 1}`}" targetRef="u${n}" />`,
  );
  return {
    name: `${count} expressions`,
    bpmn: goodDiagram.replace('</bpmn:process>', `${tasks.join('')}</bpmn:process>`),
  };
}
