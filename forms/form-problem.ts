import type { ErrorObject } from 'ajv';
import localizeEn from 'ajv-i18n/localize/en/index.js';
import localizeZh from 'ajv-i18n/localize/zh/index.js';
import type { Language } from '../engine/index.ts';
import { fieldTitle, LANGUAGES, schemaAt } from './field-title.ts';
import { nodesAt, pointerStep, type SchemaNode } from './json-shape.ts';
import english from './messages.en.json' with { type: 'json' };
import chinese from './messages.zh-CN.json' with { type: 'json' };

/** Something in the data that does not fit the form. */
export type FormProblem = {
  /** JSON pointer of the field; for a missing field, where it should be. */
  readonly path: string;
  /** JSON Schema keyword that does not hold, or `constraint`, `unknown-field`. */
  readonly keyword: string;
  /** A sentence naming the field by its title. */
  readonly messages: Readonly<Record<Language, string>>;
};

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { 'zh-CN': chinese, en: english };
const LOCALIZERS = { 'zh-CN': localizeZh, en: localizeEn };

function filled(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A problem with its sentence in every language. `keys` are looked up in order. */
export function problemAt(
  schema: SchemaNode,
  path: string,
  keyword: string,
  keys: readonly string[],
  params: Readonly<Record<string, unknown>> = {},
): FormProblem {
  const sentence = (language: Language): string => {
    const catalogue = CATALOGUES[language];
    const template =
      keys.map((key) => catalogue[key]).find((text) => text !== undefined) ?? catalogue.other ?? '{title}';
    return filled(template, { ...params, title: fieldTitle(schema, path, language) });
  };
  return { path, keyword, messages: { 'zh-CN': sentence('zh-CN'), en: sentence('en') } };
}

/** Keywords that only repeat what errors below them say. */
const ECHOES = new Set(['if', 'allOf', 'anyOf', '$ref', 'not']);

function pathOf(error: ErrorObject): string {
  const { missingProperty, additionalProperty, unevaluatedProperty } = error.params;
  const member: unknown = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return typeof member === 'string' ? `${error.instancePath}${pointerStep(member)}` : error.instancePath;
}

/** Choices are a `oneOf` of constants; the one sentence is that the value is none of them. */
function isChoice(schema: SchemaNode, pointer: string): boolean {
  const choices = nodesAt(schemaAt(schema, pointer), 'oneOf');
  return choices.length > 0 && choices.every((choice) => 'const' in choice);
}

function keysOf(error: ErrorObject): readonly string[] {
  switch (error.keyword) {
    case 'enum':
      return ['choice'];
    case 'const':
      return ['fixed'];
    case 'type':
      return [`type.${String(error.params.type)}`, 'other'];
    case 'format':
      return [`format.${String(error.params.format)}`, 'format'];
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return ['unknown-field'];
    default:
      return [error.keyword, 'other'];
  }
}

function reasons(error: ErrorObject): Readonly<Record<Language, string>> {
  const reason = (language: Language): string => {
    const copy = { ...error };
    LOCALIZERS[language]([copy]);
    return copy.message ?? '';
  };
  return { 'zh-CN': reason('zh-CN'), en: reason('en') };
}

function fromError(schema: SchemaNode, error: ErrorObject): FormProblem {
  const path = pathOf(error);
  const problem = problemAt(schema, path, error.keyword, keysOf(error), error.params);
  if (!keysOf(error).includes('other')) return problem;
  const texts = reasons(error);
  return {
    ...problem,
    messages: {
      'zh-CN': filled(problem.messages['zh-CN'], { reason: texts['zh-CN'] }),
      en: filled(problem.messages.en, { reason: texts.en }),
    },
  };
}

/** What the validator found, one problem a field and reason, each named by the field's title. */
export function problemsOf(schema: SchemaNode, errors: readonly ErrorObject[]): readonly FormProblem[] {
  const problems = new Map<string, FormProblem>();
  for (const error of errors) {
    const choice = isChoice(schema, error.instancePath);
    // The constants of a choice each report that they are not meant; the oneOf says it once.
    if (choice && error.keyword === 'const' && error.schemaPath.includes('/oneOf/')) continue;
    // Where a condition fails, the fields it declares look undeclared; what fails is said anyway.
    if (error.keyword === 'unevaluatedProperties' && schemaAt(schema, pathOf(error)) !== undefined) continue;
    if (ECHOES.has(error.keyword) && errors.some((other) => other !== error && isBelow(other, error))) continue;
    const problem = choice && error.keyword === 'oneOf' ? choiceProblem(schema, error) : fromError(schema, error);
    problems.set(`${problem.path} ${problem.messages.en}`, problem);
  }
  return [...problems.values()];
}

function isBelow(other: ErrorObject, echo: ErrorObject): boolean {
  return !ECHOES.has(other.keyword) && other.instancePath.startsWith(echo.instancePath);
}

function choiceProblem(schema: SchemaNode, error: ErrorObject): FormProblem {
  return problemAt(schema, error.instancePath, 'oneOf', ['choice']);
}

/** The catalogues of both languages, for a test that they say the same things. */
export const messageKeys: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': Object.keys(CATALOGUES['zh-CN']),
  en: Object.keys(CATALOGUES.en),
};

/** A problem's sentence in a language. */
export function sentenceOf(problem: FormProblem, language: Language): string {
  return problem.messages[LANGUAGES.includes(language) ? language : 'zh-CN'];
}
