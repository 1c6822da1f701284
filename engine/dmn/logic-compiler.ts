import {
  amountOf,
  type FeelSyntaxError,
  isPlainName,
  MAX_AMOUNT,
  parseExpression,
  parseUnaryTests,
} from '../feel/index.ts';
import type { Finding } from '../ir/finding.ts';
import type { Cell } from './cell.ts';
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
  /** How much FEEL the package may still have; see `MAX_AMOUNT`. */
  readonly amount: { left: number; readonly known: Set<string> };
};

/** Takes an expression from what the package may have; the one that goes over is named, those behind it are not looked at. */
function affordable(compiler: LogicCompiler, text: string, elementId: string): boolean {
  const { amount } = compiler;
  if (amount.known.has(text)) return amount.left > 0;
  amount.known.add(text);
  const before = amount.left;
  amount.left -= amountOf(text);
  if (before > 0 && amount.left <= 0) {
    const message = `Expected at most ${MAX_AMOUNT} characters of FEEL in all decisions, but there are more`;
    reportError(compiler, 'too-much-feel', message, elementId);
  }
  return amount.left > 0;
}

/** Notes an error about an element of the file. */
export function reportError({ findings, file }: LogicCompiler, rule: string, message: string, elementId: string): void {
  findings.push({ rule, severity: 'error', message: `${message} (${file})`, elementId, params: { file } });
}

/** Notes what an element of the file can hardly mean. */
export function reportWarning(
  { findings, file }: LogicCompiler,
  rule: string,
  message: string,
  elementId: string,
): void {
  findings.push({ rule, severity: 'warning', message: `${message} (${file})`, elementId, params: { file } });
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

/** Only what the parser could not read without being told. */
function cellOf(compiler: LogicCompiler, feel: string, names: readonly string[]): Cell {
  const special = names.filter((name) => !isPlainName(name));
  const functions = compiler.functions.filter((name) => feel.includes(name));
  return { feel, ...(special.length > 0 ? { names: special } : {}), ...(functions.length > 0 ? { functions } : {}) };
}

/** Checks an expression in which `names` are known; errors are findings. */
export function compileExpression(
  compiler: LogicCompiler,
  text: string,
  names: readonly string[],
  place: string,
  elementId: string,
): Cell | undefined {
  if (!affordable(compiler, text, elementId)) return undefined;
  const cell = cellOf(compiler, text, names);
  const parsed = parseExpression(text, cell);
  if (parsed.ok) return cell;
  reportSyntax(compiler, parsed.error, place, elementId);
  return undefined;
}

/** Checks a cell of tests; errors are findings. */
export function compileTests(
  compiler: LogicCompiler,
  text: string,
  names: readonly string[],
  place: string,
  elementId: string,
): Cell | undefined {
  if (!affordable(compiler, text, elementId)) return undefined;
  const cell = cellOf(compiler, text, names);
  const parsed = parseUnaryTests(text, cell);
  if (parsed.ok) return cell;
  reportSyntax(compiler, parsed.error, place, elementId);
  return undefined;
}
