import { checkSoundness } from '../compile/4-check-soundness/index.ts';
import { withNames } from '../compile/with-names.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Soundness } from '../ir/soundness.ts';

const known = new WeakMap<CompiledDefinition, Promise<Soundness>>();

/** How a definition is proved sound: here, or where it holds nobody up. */
export type ProveSound = (definition: CompiledDefinition) => Promise<Soundness>;

const proveHere: ProveSound = async (definition) => checkSoundness(definition);

/** What the soundness check says of a definition, with the names of its elements; found once for as long as it is kept. */
export function soundnessOnce(definition: CompiledDefinition, prove: ProveSound = proveHere): Promise<Soundness> {
  const soundness = known.get(definition) ?? named(definition, prove);
  known.set(definition, soundness);
  // What could not be decided may be on a less busy machine.
  const forget = () => known.delete(definition);
  void soundness.then(({ plays, verdict }) => plays === 0 && verdict === 'not-decided' && forget(), forget);
  return soundness;
}

async function named(definition: CompiledDefinition, prove: ProveSound): Promise<Soundness> {
  const soundness = await prove(definition);
  return { ...soundness, findings: withNames(soundness.findings, definition) };
}
