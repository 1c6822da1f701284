import type { Cell } from './cell.ts';
import { elementAt, elementsAt, isTrueAt, type ModdleElement, textAt } from './moddle-element.ts';

/** The types FEEL itself has, as `typeRef` says them. */
export type BasicType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'
  | 'context'
  | 'any';

/** A type of DMN: FEEL's own, a list of one, or a structure. */
export type DmnType =
  | { readonly kind: 'basic'; readonly type: BasicType }
  | { readonly kind: 'list'; readonly of: DmnType }
  | { readonly kind: 'structure'; readonly members: Readonly<Record<string, DmnType>> }
  /** Only what passes these tests (DMN 1.5 §7.3.3, allowed values). */
  | { readonly kind: 'constrained'; readonly of: DmnType; readonly allowed: Cell };

/** No statement about the type. */
export const ANY: DmnType = { kind: 'basic', type: 'any' };

/** `typeRef` texts, in lower case without spaces, of DMN's and other tools' dialects. */
const BASIC: Readonly<Record<string, BasicType>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  dateandtime: 'date and time',
  datetime: 'date and time',
  duration: 'duration',
  daysandtimeduration: 'duration',
  daytimeduration: 'duration',
  yearsandmonthsduration: 'duration',
  yearmonthduration: 'duration',
  context: 'context',
  any: 'any',
};

/** Item definitions of a file by name. */
export type ItemDefinitions = ReadonlyMap<string, ModdleElement>;

const MAX_NESTING = 20;

/** The type a `typeRef` names; undefined when no such type is known. */
export function resolveType(typeRef: string | undefined, items: ItemDefinitions, depth = 0): DmnType | undefined {
  if (typeRef === undefined) return ANY;
  const item = items.get(typeRef);
  if (item !== undefined) return depth > MAX_NESTING ? undefined : itemType(item, items, depth + 1);
  const basic =
    BASIC[
      typeRef
        .replace(/^feel[:.]/i, '')
        .replace(/\s+/g, '')
        .toLowerCase()
    ];
  return basic === undefined ? undefined : { kind: 'basic', type: basic };
}

function itemType(item: ModdleElement, items: ItemDefinitions, depth: number): DmnType | undefined {
  const single = singleType(item, items, depth);
  if (single === undefined) return undefined;
  const values = textAt(elementAt(item, 'allowedValues'), 'text');
  const one: DmnType = values === undefined ? single : { kind: 'constrained', of: single, allowed: { feel: values } };
  return isTrueAt(item, 'isCollection') ? { kind: 'list', of: one } : one;
}

function singleType(item: ModdleElement, items: ItemDefinitions, depth: number): DmnType | undefined {
  const components = elementsAt(item, 'itemComponent');
  if (components.length === 0) {
    return elementAt(item, 'functionItem') ? ANY : resolveType(textAt(item, 'typeRef'), items, depth);
  }
  const members: Record<string, DmnType> = {};
  for (const component of components) {
    const type = itemType(component, items, depth + 1);
    const name = textAt(component, 'name');
    if (type === undefined || name === undefined) return undefined;
    members[name] = type;
  }
  return { kind: 'structure', members };
}
