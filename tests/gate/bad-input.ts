/** One input of the deployment gate that must not become a definition. */
export type BadInput = {
  readonly name: string;
  /** A diagram; bytes where it is no text. */
  readonly bpmn?: string | Uint8Array<ArrayBuffer>;
  /** A decision file. */
  readonly dmn?: string;
  /** Made from a good one by chance: it may be a valid model again, and is then accepted as one. */
  readonly mayBeValid?: true;
};

/** A generator of numbers that gives the same ones every time (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A text as it stands in XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
