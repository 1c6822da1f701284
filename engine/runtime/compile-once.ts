import { createHash } from 'node:crypto';
import { type CompileResult, compilePackage } from '../compile/compile-package.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { ProcessPackage } from '../ir/package.ts';

const kept = 100;
const results = new Map<string, Promise<CompileResult>>();

/** Hash over the whole content of a package; the same content has the same hash everywhere. */
export function hashPackage(pkg: ProcessPackage): string {
  return createHash('sha256').update(canonicalJson(pkg)).digest('hex');
}

/** How a package is compiled: here, or where it can do no harm. */
export type Compile = (pkg: ProcessPackage, hash: string) => Promise<CompileResult>;

const compileHere: Compile = (pkg, hash) => compilePackage(pkg, { hash });

/**
 * Compiles a package, or gives what compiling the same content gave before. Compiling depends on nothing but the content, so the whole
 * process shares the last 100 results.
 */
export function compileOnce(
  pkg: ProcessPackage,
  hash: string = hashPackage(pkg),
  compile: Compile = compileHere,
): Promise<CompileResult> {
  const result = results.get(hash) ?? compile(pkg, hash);
  results.delete(hash);
  results.set(hash, result);
  // What failed may succeed on a less busy machine.
  void result.then(
    ({ findings }) => {
      if (findings.some(({ rule }) => rule === 'check-limit')) results.delete(hash);
    },
    () => results.delete(hash),
  );
  const oldest = results.keys().next();
  if (results.size > kept && !oldest.done) results.delete(oldest.value);
  return result;
}
