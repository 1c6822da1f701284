import dmn13 from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' };

const inside = (...names: readonly string[]) =>
  names.map((name) => ({ name, type: 'ChildExpression', xml: { serialize: 'property' } }));
const iterator = (name: string, result: string) => ({
  name,
  superClass: ['Expression'],
  properties: [{ name: 'iteratorVariable', isAttr: true, type: 'String' }, ...inside('in', result)],
});

/** The boxed expressions DMN 1.4 added (clause 10.2.1); the reader knows those of 1.3. */
const boxed = [
  {
    name: 'ChildExpression',
    superClass: ['DMNElement'],
    properties: [
      { name: 'expression', type: 'Expression' },
      { name: 'typeRef', isAttr: true, type: 'String' },
    ],
  },
  { name: 'Conditional', superClass: ['Expression'], properties: inside('if', 'then', 'else') },
  { name: 'Filter', superClass: ['Expression'], properties: inside('in', 'match') },
  iterator('For', 'return'),
  iterator('Some', 'satisfies'),
  iterator('Every', 'satisfies'),
];

/** DMN as its reader must know it to read files of every version whole. */
export const dmnDescriptor = { ...dmn13, types: [...dmn13.types, ...boxed] };
