import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../tests/spec/case-run.ts';
import { chain, element, processOf } from '../../tests/spec/diagram.ts';
import { canonicalJson, inCanonicalOrder } from './canonical-json.ts';

describe('canonical order', () => {
  test('is kept where JavaScript puts numbers in another', () => {
    const tokens = { 9: { scope: 1, node: 'a' }, 10: { scope: 1, node: 'b' } };
    expect(canonicalJson({ tokens, caseId: 'c' })).toBe(
      '{"caseId":"c","tokens":{"10":{"node":"b","scope":1},"9":{"node":"a","scope":1}}}',
    );
    expect(inCanonicalOrder(tokens)).toBe(tokens);
  });

  test('is what data from outside is put in, and what has it stays itself', () => {
    const given = { b: 1, a: { d: [{ f: 1, e: 2 }], c: 0 } };
    expect(JSON.stringify(inCanonicalOrder(given))).toBe('{"a":{"c":0,"d":[{"e":2,"f":1}]},"b":1}');
    const ordered = { a: 1, b: [{ c: 1, d: 2 }] };
    expect(inCanonicalOrder(ordered)).toBe(ordered);
  });

  test('tells half of a pair from text that only looks like one', () => {
    expect(canonicalJson({ path: 'C:\\ud800' })).toBe('{"path":"C:\\\\ud800"}');
    expect(() => canonicalJson({ path: '\\\ud800' })).toThrow('surrogate');
  });
});

test('the events of a completed task are made in canonical order', async () => {
  const content = [
    element('startEvent', 's'),
    element('userTask', 'A'),
    element('userTask', 'B'),
    element('endEvent', 'e'),
  ];
  const run = new CaseRun(await compiled(processOf('p', ...content, chain('s A B e')))).start().complete('A');
  const disordered = run.events.filter((event) => !everyKeyInOrder(event));
  expect(disordered.map(({ type }) => type)).toEqual([]);
});

function everyKeyInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const names = Object.keys(value);
  const inOrder = Array.isArray(value) || names.join() === names.toSorted().join();
  return inOrder && Object.values(value).every(everyKeyInOrder);
}
