import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { checkDiagram, type Finding } from '../../engine/index.ts';
import type { Found } from './corpus.ts';

const staticCase = z.object({
  id: z.string(),
  constraint: z.string(),
  expected: z.enum(['valid', 'violates']),
  file: z.string(),
});

/** A diagram that keeps the standard, or breaks one constraint of it. */
export type StaticCase = z.infer<typeof staticCase>;

/** Reads a case; what is wrong with it where it is none. */
export function parseStaticCase(value: unknown): StaticCase | { readonly unreadable: string } {
  const parsed = staticCase.safeParse(value);
  return parsed.success ? parsed.data : { unreadable: z.prettifyError(parsed.error) };
}

/** Checks a case of a corpus; one that cannot be read, or that the check breaks at, fails. */
export async function checkFound({ folder, one }: Found<StaticCase>): Promise<StaticResult> {
  if ('unreadable' in one) return { broken: [], failures: [`cannot be read: ${one.unreadable}`] };
  try {
    return await checkStaticCase(folder, one);
  } catch (failure) {
    return { broken: [], failures: [`thrown: ${failure instanceof Error ? failure.message : String(failure)}`] };
  }
}

/** What came of a case: the constraints of the standard found broken, and why the case fails, if it does. */
export type StaticResult = { readonly broken: readonly Finding[]; readonly failures: readonly string[] };

/**
 * Checks one diagram. A case that breaks the standard must be met by a finding that names a clause of it; nothing may refuse or warn about
 * a valid one (what is only a formality is told and nothing more).
 */
async function checkStaticCase(folder: string, { expected, file }: StaticCase): Promise<StaticResult> {
  const path = join(folder, file);
  const imported = (location: string) => readBeside(path, location);
  const broken = (await checkDiagram(readFileSync(path, 'utf8'), { imported })).filter(isAboutTheStandard);
  if (expected === 'violates')
    return { broken, failures: broken.length > 0 ? [] : ['expected a finding, but there is none'] };
  const objections = broken.filter(({ severity }) => severity !== 'info');
  return { broken, failures: objections.map(({ rule, message }) => `objected to: ${message} [${rule}]`) };
}

function isAboutTheStandard({ clause, severity }: Finding): boolean {
  return clause !== undefined || severity === 'error';
}

function readBeside(path: string, location: string): string | undefined {
  const file = join(dirname(path), location);
  return !/^[a-z]+:/i.test(location) && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
