import type { FormFindings } from './form-findings.ts';
import { isNode, nodeAt, nodesAt, pointerStep, resolved, type SchemaNode } from './json-shape.ts';

/** Judges a regular expression: why it may take exponential time; undefined when it may not. */
export type JudgePattern = (pattern: string) => string | undefined;

/** Most levels of schemas within schemas. */
const MAX_DEPTH = 16;
/** Most sub-schemas of a form. */
const MAX_NODES = 5_000;
/** Most items a list may allow where they must be unique: they are compared pairwise. */
const MAX_UNIQUE_ITEMS = 1_000;
/** Most choices of a field; more belong into a lookup. */
const MAX_CHOICES = 500;

const ONE_SCHEMA = ['items', 'additionalProperties', 'unevaluatedProperties', 'contains', 'not', 'if', 'then', 'else'];
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const NAMED_SCHEMAS = ['properties', '$defs', 'dependentSchemas'];
const PLAIN = [
  ...['$schema', '$id', '$ref', '$comment', 'title', 'description', 'examples', 'default', 'readOnly', 'writeOnly'],
  ...['type', 'const', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains'],
  ...['required', 'dependentRequired', 'minProperties', 'maxProperties', 'deprecated', 'x-i18n', 'x-constraint'],
];
const KNOWN = new Set([...ONE_SCHEMA, ...SCHEMA_LISTS, ...NAMED_SCHEMAS, ...PLAIN]);
const FORMATS = new Set(['date', 'time', 'date-time', 'duration', 'email', 'uri', 'uuid']);
const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

type Walk = {
  readonly root: SchemaNode;
  readonly findings: FormFindings;
  readonly judgePattern: JudgePattern;
  nodes: number;
};

/** Where a schema stands: `asked` of the person, or only a condition on what was asked. */
type Place = { readonly path: string; readonly depth: number; readonly asked: boolean };

/** Checks a form's schema against the dialect. */
export function checkSchema(root: SchemaNode, findings: FormFindings, judgePattern: JudgePattern): void {
  const walk: Walk = { root, findings, judgePattern, nodes: 0 };
  if (root.type !== 'object') findings.add('error', 'form-root', '', 'Expected an object at the root, but it is none');
  checkNode(walk, root, { path: '', depth: 0, asked: true });
}

function checkNode(walk: Walk, node: SchemaNode, place: Place): void {
  const { findings } = walk;
  walk.nodes += 1;
  if (walk.nodes > MAX_NODES || place.depth > MAX_DEPTH) {
    const message = `Expected at most ${MAX_NODES} parts and ${MAX_DEPTH} levels, but there are more`;
    findings.add('error', 'form-too-large', '', message);
    return;
  }
  for (const keyword of Object.keys(node)) {
    if (KNOWN.has(keyword)) continue;
    const severity = keyword.startsWith('x-') ? 'warning' : 'error';
    findings.add(severity, 'form-keyword', place.path, `Expected a keyword of the dialect, but got ${keyword}`);
  }
  checkReference(walk, node, place);
  checkValue(walk, node, place);
  checkChoices(walk, node, place);
  checkInner(walk, node, place);
}

function checkReference({ root, findings }: Walk, node: SchemaNode, { path }: Place): void {
  const { $ref } = node;
  if ($ref === undefined) return;
  if (typeof $ref !== 'string' || !$ref.startsWith('#/$defs/')) {
    findings.add('error', 'form-reference', path, 'Expected a reference into #/$defs, but it leads elsewhere');
    return;
  }
  if (resolved(node, root) === node) {
    findings.add('error', 'form-reference', path, `Expected ${$ref} to be there, but it is not`);
  }
  if (reaches(root, resolved({ $ref }, root), $ref, new Set())) {
    findings.add('error', 'form-reference', path, `Expected no form within itself, but ${$ref} is`);
  }
}

/** Whether following references from a part of the schema comes back to `target`. */
function reaches(root: SchemaNode, value: unknown, target: string, seen: Set<string>): boolean {
  if (Array.isArray(value)) return value.some((one) => reaches(root, one, target, seen));
  if (!isNode(value)) return false;
  const { $ref } = value;
  if ($ref === target) return true;
  if (typeof $ref === 'string' && !seen.has($ref)) {
    seen.add($ref);
    if (reaches(root, resolved({ $ref }, root), target, seen)) return true;
  }
  return Object.values(value).some((inner) => reaches(root, inner, target, seen));
}

function checkValue({ findings, judgePattern }: Walk, node: SchemaNode, { path, asked }: Place): void {
  const { pattern, format, type, maxItems, uniqueItems } = node;
  if (typeof pattern === 'string') {
    const risk = judgePattern(pattern);
    if (risk !== undefined) {
      findings.add('error', 'form-pattern', path, `Expected a pattern of bounded cost, but it has ${risk}`);
    }
  }
  if (typeof format === 'string' && !FORMATS.has(format)) {
    findings.add('error', 'form-format', path, `Expected a known format, but got ${format}`);
  }
  // A list of different choices is as long as there are choices.
  if (uniqueItems === true && isChoice(node.items)) return;
  if (type === 'array' && typeof maxItems !== 'number' && asked && node.readOnly !== true) {
    findings.add('warning', 'form-list-length', path, 'Expected a list with maxItems, but it has none');
  }
  if (uniqueItems === true && !(typeof maxItems === 'number' && maxItems <= MAX_UNIQUE_ITEMS)) {
    const message = `Expected maxItems of at most ${MAX_UNIQUE_ITEMS} beside uniqueItems, but it is not so`;
    findings.add('error', 'form-unique-items', path, message);
  }
}

function isChoice(items: unknown): boolean {
  if (!isNode(items) || (items.type !== 'string' && items.type !== 'integer')) return false;
  return Array.isArray(items.enum) || nodesAt(items, 'oneOf').some((choice) => 'const' in choice);
}

function checkChoices({ findings }: Walk, node: SchemaNode, { path, asked }: Place): void {
  const choices = Array.isArray(node.oneOf) ? node.oneOf : Array.isArray(node.enum) ? node.enum : undefined;
  if (choices !== undefined && choices.length > MAX_CHOICES) {
    findings.add(
      'error',
      'form-choices',
      path,
      `Expected at most ${MAX_CHOICES} choices, but there are ${choices.length}`,
    );
  }
  if (node.default === undefined || node.readOnly === true) return;
  const decides = choices !== undefined || node.type === 'boolean' || node.const !== undefined;
  if (decides && asked) {
    findings.add('error', 'form-default-choice', path, 'Expected a choice made by a person, but there is a default');
  }
}

function checkInner(walk: Walk, node: SchemaNode, place: Place): void {
  const inner = (value: unknown, step: string, asked: boolean): void => {
    if (isNode(value)) checkNode(walk, value, { path: `${place.path}${step}`, depth: place.depth + 1, asked });
  };
  for (const keyword of ONE_SCHEMA) {
    const asked = place.asked && (keyword === 'items' || keyword === 'then' || keyword === 'else');
    inner(node[keyword], `/${keyword}`, asked);
  }
  for (const keyword of SCHEMA_LISTS) {
    const value = node[keyword];
    if (!Array.isArray(value)) continue;
    for (const [index, one] of value.entries()) inner(one, `/${keyword}/${index}`, place.asked && keyword === 'allOf');
  }
  for (const keyword of NAMED_SCHEMAS) {
    for (const [name, one] of Object.entries(nodeAt(node, keyword))) {
      const step = `/${keyword}${pointerStep(name)}`;
      if (keyword === 'properties') checkProperty(walk, name, one, { ...place, path: `${place.path}${step}` });
      inner(one, step, place.asked);
    }
  }
}

function checkProperty({ findings }: Walk, name: string, node: unknown, { path, asked }: Place): void {
  if (PROTOTYPE_NAMES.has(name) || name.length > 64) {
    findings.add(
      'error',
      'form-field-name',
      path,
      'Expected a field name of at most 64 characters, but it is reserved or long',
    );
  } else if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
    findings.add('warning', 'form-field-name', path, `Expected a field name expressions can read, but got ${name}`);
  }
  // Below a condition a property only refines one that is described elsewhere.
  const describes = isNode(node) && (node.type !== undefined || node.$ref !== undefined);
  if (!asked || !describes) return;
  if (typeof node.title !== 'string' && node.$ref === undefined) {
    findings.add('warning', 'form-untitled', path, `Expected a title, but ${name} has none`);
  } else if (typeof nodeAt(nodeAt(node, 'x-i18n'), 'en').title !== 'string' && node.$ref === undefined) {
    findings.add('warning', 'form-untranslated', path, `Expected an English title, but ${name} has none`);
  }
}
