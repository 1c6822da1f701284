import type { Language } from '../engine/index.ts';
import { isNode, nodeAt, nodesAt, pointerNames, resolved, type SchemaNode } from './json-shape.ts';

/** Languages of user-facing text. */
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

/** Sub-schemas that may describe the same value, in the order they are asked. */
function descriptionsOf(node: SchemaNode): readonly SchemaNode[] {
  const combined = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => nodesAt(node, keyword));
  const conditional = ['then', 'else'].flatMap((keyword) => (isNode(node[keyword]) ? [nodeAt(node, keyword)] : []));
  return [...combined, ...conditional];
}

/** Where a member of an object or list is described, combinations included. */
export function memberSchema(node: SchemaNode, name: string, root: SchemaNode): SchemaNode | undefined {
  const own = resolved(node, root);
  const property = nodeAt(own, 'properties')[name];
  if (isNode(property)) return resolved(property, root);
  if (isNode(own.items) && /^\d+$/.test(name)) return resolved(own.items, root);
  for (const part of descriptionsOf(own)) {
    const found = memberSchema(part, name, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schema of the value at a JSON pointer; undefined when none describes it. */
export function schemaAt(root: SchemaNode, pointer: string): SchemaNode | undefined {
  let place: SchemaNode | undefined = root;
  for (const name of pointerNames(pointer)) place = place && memberSchema(place, name, root);
  return place;
}

/** A schema's title in a language; the Chinese one where there is no other. */
export function titleOf(node: SchemaNode | undefined, language: Language): string | undefined {
  const translated = nodeAt(nodeAt(node, 'x-i18n'), language).title;
  if (typeof translated === 'string') return translated;
  return typeof node?.title === 'string' ? node.title : undefined;
}

/** What people call the field at a pointer, rows counted from 1: `药品 2 · 数量`. The pointer itself where nothing has a title. */
export function fieldTitle(root: SchemaNode, pointer: string, language: Language): string {
  const words: string[] = [];
  let place: SchemaNode | undefined = root;
  for (const name of pointerNames(pointer)) {
    const isRow = place !== undefined && isNode(resolved(place, root).items) && /^\d+$/.test(name);
    place = place && memberSchema(place, name, root);
    const title = isRow ? String(Number(name) + 1) : titleOf(place, language);
    const last = words.at(-1);
    if (title === undefined) continue;
    if (isRow && last !== undefined) words[words.length - 1] = `${last} ${title}`;
    else words.push(title);
  }
  return words.length > 0 ? words.join(' · ') : pointer;
}
