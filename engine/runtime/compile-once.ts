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

/**
 * Compiles a package, or gives what compiling the same content gave before. Compiling depends on nothing but the content, so the whole
 * process shares the last 100 results.
 */
export function compileOnce(pkg: ProcessPackage, hash: string = hashPackage(pkg)): Promise<CompileResult> {
  const result = results.get(hash) ?? compilePackage(pkg, { hash });
  results.delete(hash);
  results.set(hash, result);
  const oldest = results.keys().next();
  if (results.size > kept && !oldest.done) results.delete(oldest.value);
  return result;
}
