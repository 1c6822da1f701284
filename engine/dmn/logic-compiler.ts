import {
  type FeelSyntaxError,
  type ParsedExpression,
  type ParsedUnaryTests,
  parseExpression,
  parseUnaryTests,
} from '../feel/index.ts';
import type { Finding } from '../ir/finding.ts';
import { ANY, type DmnType, type ItemDefinitions, resolveType } from './dmn-type.ts';

/** What compiling a piece of logic needs to know, and where its findings go. */
export type LogicCompiler = {
  readonly file: string;
  /** Id of the decision or knowledge the logic belongs to. */
  readonly owner: string;
  readonly items: ItemDefinitions;
  /** Names of business knowledge, callable from everywhere. */
  readonly functions: readonly string[];
  readonly findings: Finding[];
};

/** Notes an error about an element of the file. */
export function reportError({ findings, file }: LogicCompiler, rule: string, message: string, elementId: string): void {
  findings.push({ rule, severity: 'error', message: `${message} (${file})`, elementId, params: { file } });
}

/** The type a `typeRef` names; an unknown one is a finding and counts as none. */
export function typeNamed(compiler: LogicCompiler, typeRef: string | undefined, elementId: string): DmnType {
  const type = resolveType(typeRef, compiler.items);
  if (type !== undefined) return type;
  reportError(compiler, 'dmn-unknown-type', `Expected a known type, but ${elementId} names ${typeRef}`, elementId);
  return ANY;
}

function reportSyntax(compiler: LogicCompiler, error: FeelSyntaxError, place: string, elementId: string): void {
  compiler.findings.push({
    rule: `feel-${error.code}`,
    severity: 'error',
    message: `${error.message.replace(/\.$/, '')} (${place}, ${compiler.file})`,
    elementId,
    path: `${error.from}`,
    params: { file: compiler.file, place },
  });
}

/** Parses an expression in which `names` are known; errors are findings. */
export function compileExpression(
  compiler: LogicCompiler,
  text: string,
  names: readonly string[],
  place: string,
  elementId: string,
): ParsedExpression | undefined {
  const parsed = parseExpression(text, { names, functions: compiler.functions });
  if (parsed.ok) return parsed.expression;
  reportSyntax(compiler, parsed.error, place, elementId);
  return undefined;
}

/** Parses a cell of tests; errors are findings. */
export function compileTests(
  compiler: LogicCompiler,
  text: string,
  names: readonly string[],
  place: string,
  elementId: string,
): ParsedUnaryTests | undefined {
  const parsed = parseUnaryTests(text, { names, functions: compiler.functions });
  if (parsed.ok) return parsed.expression;
  reportSyntax(compiler, parsed.error, place, elementId);
  return undefined;
}
