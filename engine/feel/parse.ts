import { evaluate, FeelFunction } from 'feelin';
import { builtinId, INPUT, kernelFunctions, NOW, TODAY } from './kernel.ts';
import { normalName } from './names.ts';
import { print } from './rewrite.ts';
import { printUnaryTests } from './rewrite-tests.ts';
import type { Rewriting } from './rewriting.ts';
import { checkedTree, DIALECT, type FeelSyntaxError, FeelSyntaxFailure } from './syntax.ts';

/** A name an expression reads from its context, and how it gets there. */
export type FeelParameter = {
  readonly name: string;
  /** A missing variable of a builtin's name must be null, or feelin would answer with the function. */
  readonly hidesBuiltin: boolean;
};

/** What both kinds of parsed source have. Opaque to callers but for `source`; made once per definition, run often. */
type Compiled = {
  readonly source: string;
  readonly parameters: readonly FeelParameter[];
  /** Runs the rewritten source: values in the order of `parameters`, then now, today and the input. */
  readonly run: (values: readonly unknown[]) => unknown;
  /** Whether it calls `now()`, which costs a look at the time zone. */
  readonly readsNow: boolean;
  /** Whether it calls `today()`. */
  readonly readsToday: boolean;
  /** feelin's own warnings; emptied before every run. */
  readonly nativeWarnings: { type: string; details: { template: string; values: Record<string, unknown> } }[];
};

/** An expression, parsed and checked. */
export type ParsedExpression = Compiled & { readonly kind: 'expression' };

/** Unary tests (the cell of a decision table), parsed and checked. */
export type ParsedUnaryTests = Compiled & { readonly kind: 'unary-tests' };

/** A parsed source or why it is none. */
export type Parsed<T> =
  | { readonly ok: true; readonly expression: T }
  | { readonly ok: false; readonly error: FeelSyntaxError };

/** What the parser must be told of the surroundings. */
export type ParseOptions = {
  /** Names with spaces or signs (`Applicant Age`), which FEEL can only read when they are declared. */
  readonly names?: readonly string[];
  /** Names that are functions (business knowledge), which may be called. */
  readonly functions?: readonly string[];
};

function compile(source: string, kind: 'expression' | 'unary-tests', options: ParseOptions): Compiled {
  const names = [...(options.names ?? []), ...(options.functions ?? [])];
  const tree = checkedTree(source, kind, names);
  const rewriting: Rewriting = {
    source,
    declared: new Set(names.map(normalName)),
    functions: new Set((options.functions ?? []).map(normalName)),
    parameters: new Map(),
    used: new Set(),
    scopes: [],
    print,
  };
  const body = kind === 'expression' ? print(tree, rewriting) : printUnaryTests(tree, rewriting);
  const formal = [...rewriting.parameters.values(), NOW, TODAY, INPUT].join(', ');
  const { value: fn, warnings } = built(`function(${formal}) (${body})`, rewriting);
  if (!(fn instanceof FeelFunction)) throw new Error(`Expected a FEEL function from the rewriting of ${source}.`);
  const parameters = [...rewriting.parameters.keys()].map((name) => ({
    name,
    hidesBuiltin: builtinId(name) !== undefined,
  }));
  const clock = { readsNow: rewriting.used.has(NOW), readsToday: rewriting.used.has(TODAY) };
  return { source, parameters, ...clock, run: (values) => fn.invoke([...values]), nativeWarnings: warnings };
}

/** What feelin makes of the rewritten text. It throws on the few constructs its parser knows and its interpreter does not. */
function built(text: string, { used, source }: Rewriting): ReturnType<typeof evaluate> {
  try {
    return evaluate(text, kernelFunctions(used), DIALECT);
  } catch {
    const message = 'Expected a supported expression, but the interpreter does not know a part of it.';
    throw new FeelSyntaxFailure('unsupported', message, { from: 0, to: source.length });
  }
}

function parsed<T>(source: string, shift: number, work: (text: string) => T): Parsed<T> {
  try {
    return { ok: true, expression: work(source.slice(shift)) };
  } catch (failure) {
    if (!(failure instanceof FeelSyntaxFailure)) throw failure;
    const { error } = failure;
    return { ok: false, error: { ...error, from: error.from + shift, to: error.to + shift } };
  }
}

/**
 * Parses a FEEL expression, with or without the leading `=` of zeebe attributes. Checks what can be known without data:
 * syntax, length, depth, literal ranges, patterns, names of functions.
 */
export function parseExpression(source: string, options: ParseOptions = {}): Parsed<ParsedExpression> {
  const shift = /^\s*=(?!=)/.exec(source)?.[0].length ?? 0;
  return parsed(source, shift, (text) => ({ kind: 'expression', ...compile(text, 'expression', options) }));
}

/** Parses FEEL unary tests, as they stand in a decision table's input cell. */
export function parseUnaryTests(source: string, options: ParseOptions = {}): Parsed<ParsedUnaryTests> {
  return parsed(source, 0, (text) => ({ kind: 'unary-tests', ...compile(text, 'unary-tests', options) }));
}

/** Names the source reads from its context, once each, in order. Names used inside a filter may also be an item's entries. */
export function variablesOf(parsed: ParsedExpression | ParsedUnaryTests): readonly string[] {
  return parsed.parameters.map((parameter) => parameter.name);
}
