import { chain, definitions, element, extension, flow, on, processOf } from '../spec/diagram.ts';
import { type BadInput, seeded } from './bad-input.ts';

/** A good diagram with a bit of everything; every bad one is made from it. */
export const goodDiagram = definitions(
  '<bpmn:message id="M" name="order.paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo" /></bpmn:extensionElements></bpmn:message>',
  '<bpmn:error id="E" name="failed" errorCode="FAILED" />',
  processOf(
    'order',
    element('startEvent', 'start', '', 'name="开始"'),
    element(
      'userTask',
      'Check',
      extension('<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="nurse" />'),
      'name="检查 &amp; 核对"',
    ),
    element('exclusiveGateway', 'ok', '', 'default="ok_end"'),
    element('serviceTask', 'Pay', extension('<zeebe:taskDefinition type="payment.collect" />')),
    element(
      'boundaryEvent',
      'late',
      on('timer', '<bpmn:timeDuration>PT1H</bpmn:timeDuration>'),
      'attachedToRef="Check"',
    ),
    element('intermediateCatchEvent', 'paid', on('message', '', 'messageRef="M"')),
    element('endEvent', 'end'),
    element('endEvent', 'gone'),
    chain('start Check ok end'),
    chain('Pay paid gone'),
    chain('late gone2'.replace('gone2', 'gone')),
    flow('ok', 'Pay', '=amount > 100'),
  ),
);

const beside = (content: string) => goodDiagram.replace('</bpmn:process>', `${content}</bpmn:process>`);
const swap = (from: string, to: string) => {
  if (!goodDiagram.includes(from)) throw new Error(`Expected ${from} in the good diagram`);
  return goodDiagram.replaceAll(from, to);
};
const head = (declarations: string) => goodDiagram.replace('?>\n', `?>\n${declarations}`);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const joined = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === 'string' ? bytesOf(part) : part)]));

function laughs(levels: number): string {
  const entities = Array.from({ length: levels }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  return `<!DOCTYPE d [<!ENTITY l0 "ha">${entities}]>`;
}

const entities: readonly BadInput[] = [
  ...[2, 5, 9].map((levels) => ({
    name: `laughs of ${levels} levels`,
    bpmn: head(laughs(levels)).replace('开始', `&l${levels};`),
  })),
  ...['file:///etc/passwd', 'http://127.0.0.1:1/x', 'ftp://example.invalid/a', 'jar:file:///a!/b'].map((address) => ({
    name: `an external entity ${address}`,
    bpmn: head(`<!DOCTYPE d [<!ENTITY x SYSTEM "${address}">]>`).replace('开始', '&x;'),
  })),
  { name: 'a parameter entity', bpmn: head('<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:1/e.dtd">%p;]>') },
  { name: 'an external document type', bpmn: head('<!DOCTYPE definitions SYSTEM "http://127.0.0.1:1/e.dtd">') },
  { name: 'a public document type', bpmn: head('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">') },
  { name: 'a document type in small letters', bpmn: head('<!doctype d>') },
  { name: 'an entity without a document type', bpmn: head('<!ENTITY a "b">') },
  {
    name: 'a quadratic blow-up',
    bpmn: head(`<!DOCTYPE d [<!ENTITY a "${'a'.repeat(50_000)}">]>`).replace('开始', '&a;'.repeat(1_000)),
  },
  ...['&nbsp;', '&l9;', '&;', '& ', '&#;', '&#x;', '&#xZZ;', '&amp', '&#12'].map((reference) => ({
    name: `the reference ${reference}`,
    bpmn: goodDiagram.replace('开始', reference),
  })),
];

const characters: readonly BadInput[] = [
  ...[0, 1, 8, 0xb, 0xc, 0xe, 0x1f, 0xfffe, 0xffff, 0xd800, 0xdfff].map((code) => ({
    name: `the character ${code.toString(16)}`,
    bpmn: goodDiagram.replace('开始', `a${String.fromCharCode(code)}b`),
  })),
  ...['0', 'x0', '1', 'x1F', 'xD800', 'xDFFF', 'x110000', 'xFFFE', '99999999999', 'xFFFFFFFFFF'].map((code) => ({
    name: `the character by number ${code}`,
    bpmn: goodDiagram.replace('开始', `a&#${code};b`),
  })),
  { name: 'NUL in an id', bpmn: swap('"Check"', '"Ch\0eck"') },
  { name: 'NUL in an element name', bpmn: swap('bpmn:endEvent', 'bpmn:end\0Event') },
];

const encodings: readonly BadInput[] = [
  { name: 'UTF-16 little-endian', bpmn: joined([0xff, 0xfe], [...Buffer.from(goodDiagram, 'utf16le')]) },
  { name: 'UTF-16 big-endian', bpmn: joined([0xfe, 0xff], [...Buffer.from(goodDiagram, 'utf16le').swap16()]) },
  { name: 'UTF-16 without a mark', bpmn: joined([...Buffer.from(goodDiagram, 'utf16le')]) },
  { name: 'GB18030 that says UTF-8', bpmn: joined(goodDiagram.slice(0, 60), [0xd6, 0xd0], goodDiagram.slice(60)) },
  { name: 'an overlong slash', bpmn: joined('<a b="', [0xc0, 0xaf], '"/>') },
  { name: 'an overlong NUL', bpmn: joined('<a b="', [0xc0, 0x80], '"/>') },
  { name: 'a surrogate in UTF-8', bpmn: joined('<a b="', [0xed, 0xa0, 0x80], '"/>') },
  { name: 'a lone continuation', bpmn: joined('<a b="', [0x80], '"/>') },
  { name: 'half a character at the end', bpmn: joined(goodDiagram, [0xe5, 0x8c]) },
  { name: 'five bytes for one character', bpmn: joined('<a b="', [0xf8, 0x88, 0x80, 0x80, 0x80], '"/>') },
  ...['UTF-7', 'UTF-16', 'UTF-32', 'EBCDIC-CP-US', 'Shift_JIS', 'x-user-defined', ''].map((encoding) => ({
    name: `the encoding "${encoding}"`,
    bpmn: bytesOf(goodDiagram.replace('UTF-8', encoding)),
  })),
  { name: 'two byte order marks', bpmn: joined([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], goodDiagram) },
  { name: 'a byte order mark of UTF-32', bpmn: joined([0xff, 0xfe, 0, 0], goodDiagram) },
  { name: 'gzip', bpmn: joined([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], goodDiagram) },
  { name: 'a zip file', bpmn: joined('PK\u0003\u0004', goodDiagram) },
  { name: 'no bytes', bpmn: new Uint8Array() },
];

const shapes: readonly BadInput[] = [
  ...[200, 3_000, 20_000, 200_000].map((depth) => ({
    name: `${depth} tags open`,
    bpmn: `${goodDiagram.slice(0, -20)}${'<a>'.repeat(depth)}`,
  })),
  ...[150, 2_000, 15_000].map((depth) => ({
    name: `${depth} sub-processes within each other`,
    bpmn: beside(`${'<bpmn:subProcess>'.repeat(depth)}${'</bpmn:subProcess>'.repeat(depth)}`),
  })),
  ...[21_000, 200_000].map((count) => ({ name: `${count} tasks`, bpmn: beside('<bpmn:task/>'.repeat(count)) })),
  {
    name: 'a hundred thousand attributes',
    bpmn: beside(`<bpmn:task ${Array.from({ length: 100_000 }, (_, n) => `a${n}="x"`).join(' ')}/>`),
  },
  { name: 'an attribute of six megabytes', bpmn: goodDiagram.replace('开始', 'a'.repeat(6 * 1024 * 1024)) },
  { name: 'a comment of six megabytes', bpmn: head(`<!--${'a'.repeat(6 * 1024 * 1024)}-->`) },
  { name: 'a million quotes', bpmn: `<a b="${'\' "'.repeat(300_000)}` },
  { name: 'a million spaces in a tag', bpmn: `<a${' '.repeat(1_000_000)}` },
  { name: 'a million comments begun', bpmn: '<!--'.repeat(1_000_000) },
  { name: 'a million instructions begun', bpmn: '<?a'.repeat(1_000_000) },
  {
    name: 'ten thousand namespaces',
    bpmn: goodDiagram.replace(
      '<bpmn:definitions',
      `<bpmn:definitions ${Array.from({ length: 10_000 }, (_, n) => `xmlns:a${n}="u" a${n}:b="1" a${n}:b="1"`).join(' ')}`,
    ),
  },
];

const syntax: readonly (readonly [string, string])[] = [
  ['an attribute twice', goodDiagram.replace('id="end"', 'id="end" id="end"')],
  ['an attribute without quotes', goodDiagram.replace('id="end"', 'id=end')],
  ['an attribute without a value', goodDiagram.replace('id="end"', 'id="end" hidden')],
  ['attributes that touch', goodDiagram.replace('id="end"', 'id="end"name="x"')],
  ['< in an attribute', goodDiagram.replace('开始', 'a < b')],
  [']]> in a text', goodDiagram.replace('PT1H', 'PT1H]]>')],
  ['two hyphens in a comment', head('<!-- a -- b -->')],
  ['tags that cross', beside('<bpmn:subProcess id="s"><bpmn:task id="t"></bpmn:subProcess></bpmn:task>')],
  ['an end too many', `${goodDiagram}</a>`],
  ['two roots', `${goodDiagram}${goodDiagram.replace(/<\?.*\?>/, '')}`],
  ['text after the root', `${goodDiagram}text`],
  ['text before the root', `text${goodDiagram}`],
  ['character data beside the root', `${goodDiagram}<![CDATA[x]]>`],
  ['a second declaration', head('<?xml version="1.0"?>')],
  ['a declaration that is late', ` ${goodDiagram}`],
  ['version 2.0', goodDiagram.replace('version="1.0"', 'version="2.0"')],
  ['a name that begins with a digit', beside('<1task/>')],
  ['a prefix nobody declared', beside('<acme:task/>')],
  ['an attribute prefix nobody declared', goodDiagram.replace('id="end"', 'id="end" acme:x="1"')],
  ['two colons', beside('<bpmn:a:b/>')],
  ['no prefix before the colon', beside('<:task/>')],
  ['a prefix taken back', beside('<bpmn:task xmlns:q="" id="q"/>').replace('id="q"', 'id="q" q:a="1"')],
  ['a tag in a tag', beside('<bpmn:task <bpmn:task/>/>')],
  ['JSON', '{"bpmn": "definitions"}'],
  ['HTML', '<!-- x --><html><body>BPMN</body></html>'],
  ['a DMN file', '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"/>'],
  ['an empty file', ''],
  ['white space', ' \n\t '],
  ['only a declaration', '<?xml version="1.0"?>'],
];

const vocabulary: readonly (readonly [string, string])[] = [
  [
    'another namespace',
    swap('http://www.omg.org/spec/BPMN/20100524/MODEL', 'http://www.omg.org/spec/BPMN/20050524/MODEL'),
  ],
  ['the namespace in capitals', swap('BPMN/20100524/MODEL', 'bpmn/20100524/model')],
  ['no namespace', swap('xmlns:bpmn=', 'xmlns:other=')],
  ['the namespace of drawings', swap('20100524/MODEL', '20100524/DI')],
  ['another root', swap('bpmn:definitions', 'bpmn:process')],
  ['an element BPMN does not know', beside('<bpmn:magicTask id="m"/>')],
  ['an element without a namespace', beside('<task id="m"/>')],
  ['an element of HTML', beside('<bpmn:script id="m">alert(1)</bpmn:script>')],
  ['an element in capitals', swap('bpmn:userTask', 'bpmn:UserTask')],
  ['a root element inside a process', beside('<bpmn:message id="m2"/>')],
  ['definitions inside definitions', beside('<bpmn:definitions/>')],
  [
    'script in a name and an unknown element',
    beside('<bpmn:task id="x" name="&lt;script&gt;alert(1)&lt;/script&gt;"/><bpmn:img id="y"/>'),
  ],
  ['an id twice', swap('id="gone"', 'id="end"')],
  ['an id twice, far apart', beside('<bpmn:task id="M"/>')],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'isPrototypeOf',
    'toLocaleString',
  ].map((id) => [`the id ${id}`, swap('"Check"', `"${id}"`)] as const),
  ...['__proto__', 'constructor'].map((id) => [`a process ${id}`, swap('"order"', `"${id}"`)] as const),
  ...[
    '1abc',
    'a b',
    'a/b',
    '<x>'.replace('<', '&lt;').replace('>', '&gt;'),
    'a.b c',
    '',
    ' ',
    '💉',
    'a'.repeat(300),
  ].map((id) => [`the id "${id.slice(0, 20)}"`, swap('"Check"', `"${id}"`)] as const),
  ['HTML as an id', swap('"Check"', '"&lt;img src=x onerror=alert(1)&gt;"')],
];

const references: readonly (readonly [string, string])[] = [
  ['a flow to nowhere', swap('targetRef="end"', 'targetRef="nowhere"')],
  ['a flow from nowhere', swap('sourceRef="start"', 'sourceRef="nowhere"')],
  ['a flow without a target', swap(' targetRef="end"', '')],
  ['a flow to a message', swap('targetRef="end"', 'targetRef="M"')],
  ['a flow to a flow', swap('targetRef="end"', 'targetRef="start_Check"')],
  ['a flow to its process', swap('targetRef="end"', 'targetRef="order"')],
  ['a message nobody declared', swap('messageRef="M"', 'messageRef="X"')],
  ['an error as message', swap('messageRef="M"', 'messageRef="E"')],
  ['no message', swap(' messageRef="M"', '')],
  ['a default flow nobody drew', swap('default="ok_end"', 'default="nothing"')],
  ['a default flow of another', swap('default="ok_end"', 'default="start_Check"')],
  ['an event attached to nothing', swap('attachedToRef="Check"', 'attachedToRef="nothing"')],
  ['an event attached to itself', swap('attachedToRef="Check"', 'attachedToRef="late"')],
  ['an event attached to a gateway', swap('attachedToRef="Check"', 'attachedToRef="ok"')],
  ['an event attached to an event', swap('attachedToRef="Check"', 'attachedToRef="paid"')],
  ['an event attached to its process', swap('attachedToRef="Check"', 'attachedToRef="order"')],
  ['an event attached to nobody', swap(' attachedToRef="Check"', '')],
  [
    'events attached in a circle',
    beside(
      element('boundaryEvent', 'b1', on('signal'), 'attachedToRef="b2"') +
        element('boundaryEvent', 'b2', on('signal'), 'attachedToRef="b1"'),
    ),
  ],
  [
    'a called process that is not there',
    beside(element('callActivity', 'c', '', 'calledElement="other"') + chain('c end')),
  ],
  ['a call of nothing', beside(element('callActivity', 'c') + chain('c end'))],
  [
    'a decision that is not there',
    beside(
      element('businessRuleTask', 'd', extension('<zeebe:calledDecision decisionId="x" resultVariable="y"/>')) +
        chain('d end'),
    ),
  ],
  [
    'a rule about an element that is not there',
    beside(element('userTask', 'u', extension('<clinical:eligibility notActorOf="Nobody"/>')) + chain('u end')),
  ],
  ...['', 'forever', 'Prescription', ' prescription', '=recordClass', 'toString'].map((code): [string, string] => [
    `the record class "${code}"`,
    swap('<bpmn:process ', `<bpmn:process clinical:recordClass="${code}" `),
  ]),
  [
    'an association of a compensation to nothing',
    beside(element('boundaryEvent', 'k', on('compensate'), 'attachedToRef="Pay"')),
  ],
  [
    'a link without its other half',
    beside(element('intermediateThrowEvent', 'l', on('link', '', 'name="away"')) + chain('Pay l')),
  ],
  [
    'a flow out of a sub-process',
    beside(
      element('subProcess', 'sp', element('startEvent', 's1') + element('task', 't1') + chain('s1 t1')) +
        flow('t1', 'end'),
    ),
  ],
  ['a flow out of an end', beside(flow('end', 'Check'))],
  ['a flow into a start', beside(flow('Check', 'start'))],
  ['a service task without a job', swap('<zeebe:taskDefinition type="payment.collect" />', '')],
  ['a script task without a script', beside(element('scriptTask', 'st') + chain('st end'))],
  ['a timer without a time', swap('<bpmn:timeDuration>PT1H</bpmn:timeDuration>', '')],
  ['no executable process', swap('isExecutable="true"', 'isExecutable="false"')],
  ['no process', definitions('<bpmn:message id="M" name="x"/>')],
  ['an empty process', definitions(processOf('p'))],
  ['a choreography', definitions('<bpmn:choreography id="c"/>')],
];

/** The file cut off at many places. */
function cutFiles(): BadInput[] {
  const step = Math.floor(goodDiagram.length / 60);
  return Array.from({ length: 59 }, (_, n) => ({
    name: `cut off after ${(n + 1) * step} characters`,
    bpmn: goodDiagram.slice(0, (n + 1) * step),
  }));
}

/** The file with one bit changed, at places taken by chance. */
function oneBitChanges(count: number): BadInput[] {
  const bytes = bytesOf(goodDiagram);
  const next = seeded(42);
  return Array.from({ length: count }, () => {
    const [at, bit] = [next(bytes.length), next(8)];
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
    return { name: `bit ${bit} of byte ${at} changed`, bpmn: changed, mayBeValid: true };
  });
}

const named = (inputs: readonly (readonly [string, string])[]): BadInput[] =>
  inputs.map(([name, bpmn]) => ({ name, bpmn }));

/** Every bad diagram. */
export function badDiagrams(): readonly BadInput[] {
  return [
    ...entities,
    ...characters,
    ...encodings,
    ...shapes,
    ...named(syntax),
    ...named(vocabulary),
    ...named(references),
    ...cutFiles(),
    ...oneBitChanges(150),
  ];
}
