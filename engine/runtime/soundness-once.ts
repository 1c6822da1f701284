import { checkSoundness } from '../compile/4-check-soundness/index.ts';
import { withNames } from '../compile/with-names.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Soundness } from '../ir/soundness.ts';

const known = new WeakMap<CompiledDefinition, Soundness>();

/** What the soundness check says of a definition, with the names of its elements; found once for as long as it is kept. */
export function soundnessOnce(definition: CompiledDefinition): Soundness {
  const found = known.get(definition);
  if (found) return found;
  const soundness = checkSoundness(definition);
  const named = { ...soundness, findings: withNames(soundness.findings, definition) };
  known.set(definition, named);
  return named;
}
