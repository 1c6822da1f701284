import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../engine/index.ts';
import type { CaseHost } from './case-host.ts';
import { readCorpus } from './corpus.ts';
import { playCase } from './play-case.ts';
import { shuffleModel } from './shuffle-model.ts';

const { execution } = readCorpus(join(import.meta.dirname, '../../../shared/conformance'));
const scored = execution.filter(({ status }) => status === 'scored');

/** Numbers from 0 to 1, the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** What happened in a host's cases: every event but its numbers, in order. */
function traceOf(host: CaseHost | undefined): readonly string[] {
  return (host?.histories ?? []).map((events) => events.flatMap(nameOf).join(' '));
}

function nameOf(event: CaseEvent): string[] {
  if (event.type === 'NodeCompleted') return [event.node];
  if (event.type === 'TokenMoved') return [`→${event.node}`];
  return event.type === 'CaseEnded' ? [event.outcome] : [];
}

describe.skipIf(scored.length === 0)('the order of elements in the XML', () => {
  test.each(scored)('means nothing to $id', async ({ folder, one }) => {
    if ('unreadable' in one) throw new Error(one.unreadable);
    const drawn = await playCase(folder, one);
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed);
      const again = await playCase(folder, one, (xml) => shuffleModel(xml, random));
      expect(again.failures).toEqual([]);
      expect(traceOf(again.host)).toEqual(traceOf(drawn.host));
    }
  });
});
