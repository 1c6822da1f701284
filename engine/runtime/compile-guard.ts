import { undecided } from '../compile/4-check-soundness/index.ts';
import type { Finding } from '../ir/finding.ts';
import type { Compile } from './compile-once.ts';
import { type BrokenLimit, createGuardedThread, type ThreadLimits } from './guarded-thread.ts';
import type { ProveSound } from './soundness-once.ts';

/** Above what the largest flow takes on a busy machine. */
const defaultLimits: ThreadLimits = { timeLimit: 20_000, memoryLimit: 512 };

/** Compiles packages that nobody has looked at yet and proves them sound, where neither can hold anybody up. */
export type CompileGuard = {
  readonly compile: Compile;
  readonly proveSound: ProveSound;
  close(): Promise<void>;
};

/**
 * A guard with a thread of its own. A package that needs more than the limits to compile is refused; one that needs more to be proved is
 * neither sound nor unsound.
 */
export function createCompileGuard(limits: ThreadLimits = defaultLimits): CompileGuard {
  const thread = createGuardedThread(limits);
  return {
    async compile(pkg, hash) {
      const result = await thread.run({ kind: 'compile', pkg, hash });
      if ('broken' in result) return { findings: [refusal(result.broken, limits)] };
      if ('compiled' in result) return result.compiled;
      throw new Error('failure' in result ? result.failure : 'Expected a compiled package, but it is something else');
    },
    async proveSound(definition) {
      const result = await thread.run({ kind: 'check-soundness', definition });
      if ('broken' in result) return undecided([result.broken]);
      if ('soundness' in result) return result.soundness;
      throw new Error('failure' in result ? result.failure : 'Expected what was proved, but it is something else');
    },
    close: thread.close,
  };
}

function refusal(broken: BrokenLimit, limits: ThreadLimits): Finding {
  const limit = broken === 'time' ? `${limits.timeLimit / 1000} seconds` : `${limits.memoryLimit} MB`;
  const message = `Expected a package that can be checked within ${limit}, but it needs more`;
  return { rule: 'check-limit', severity: 'error', message, path: broken };
}
