import type { TFunction } from 'i18next';
import { z } from 'zod';
import {
  compileOnce,
  type DecisionFacts,
  explainDecision,
  type Json,
  type ProcessPackage,
} from '../../engine/index.ts';
import { type Glossary, textOf } from '../cases/describe-data.server.ts';

const made = z.object({
  type: z.literal('DecisionMade'),
  trace: z.array(
    z.object({
      decisionId: z.string(),
      ruleIds: z.array(z.string()),
      inputs: z.record(z.string(), z.json()),
      outputs: z.json(),
    }),
  ),
});

/** A decision of an entry, as the auditor reads it. */
export type ShownDecision = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly inputs: readonly { readonly label: string; readonly description?: string; readonly text: string }[];
  /** Rules whose answer was used; a number is missing where the table is not known any more. */
  readonly rules: readonly { readonly id: string; readonly number?: number; readonly note?: string }[];
  readonly answer: string;
};

/** Decisions that were made in an entry, with the words of the version the case ran on. */
export async function decisionsOf(
  events: readonly Json[],
  { package: pkg, hash }: { readonly package: ProcessPackage; readonly hash: string },
  glossary: Glossary,
  t: TFunction,
): Promise<readonly ShownDecision[]> {
  const traces = events.flatMap((event) => made.safeParse(event).data?.trace ?? []);
  if (traces.length === 0) return [];
  const { definition } = await compileOnce(pkg, hash);
  return traces.map(({ decisionId, ruleIds, inputs, outputs }, index): ShownDecision => {
    const facts: DecisionFacts = explainDecision(definition?.decisions ?? {}, decisionId) ?? {
      ...{ name: decisionId, inputs: {}, rules: {} },
    };
    return {
      id: `${index} ${decisionId}`,
      name: facts.name,
      description: facts.description,
      inputs: Object.entries(inputs).map(([label, value]) => ({
        label,
        description: facts.inputs[label],
        text: textOf(value, label, glossary, t),
      })),
      rules: ruleIds.map((id) => ({ id, ...facts.rules[id] })),
      answer: textOf(outputs, decisionId, glossary, t),
    };
  });
}
