import type { IrNode } from '../ir/kernel.ts';

/** A FEEL expression of a node and where in the node it stands. */
export type PlacedExpression = { readonly feel: string; readonly path: string };

/** Kernel fields that are FEEL without being wrapped as a value source. */
const bareFields: ReadonlySet<string> = new Set(['feel', 'completionCondition', 'outputElement', 'loopCondition']);

/** Every expression of a kernel value, so that each is parsed before anything runs. */
export function expressionsOf(value: unknown, path = ''): PlacedExpression[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => expressionsOf(one, `${path}/${index}`));
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${path}/${key}`;
    if (typeof inner === 'string' && bareFields.has(key)) return [{ feel: inner, path: place }];
    return expressionsOf(inner, place);
  });
}

/** Expressions of a node, its flows' conditions among them. */
export function expressionsOfNode(node: IrNode): PlacedExpression[] {
  const conditions = Object.entries(node.conditions).map(([flow, feel]) => ({ feel, path: `/conditions/${flow}` }));
  return [...expressionsOf(node), ...conditions];
}
