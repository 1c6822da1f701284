import { textOf } from '../../ir/bpmn-element.ts';
import type { IrNode, ValueSource } from '../../ir/kernel.ts';
import { writtenCodes, writtenText } from '../../ir/value-source.ts';
import type { Resolved } from '../1-resolve.ts';

/** What a step has in its hands. */
export type Handles = 'money' | 'drugs' | 'care';

/**
 * Words by which a role or a job shows what it has to do with, where the diagram does not say so itself (`clinical:handles`). Our default, meant
 * to be right for the role codes and connectors a hospital is likely to have; [D].
 */
const roleWords: readonly (readonly [Handles, RegExp])[] = [
  ['money', /clerk|cashier|finance|billing|insurance|收费|财务|医保/i],
  ['drugs', /pharm|dispens|pivas|药/i],
  ['care', /nurse|doctor|physician|surgeon|resident|technician|radiolog|anaesth|anesth|report|医师|医生|护|技师/i],
];
const jobWords: readonly (readonly [Handles, RegExp])[] = [
  ['money', /^(payment|ledger|insurance|receipt|billing|charge|refund)\b/i],
  ['drugs', /^(stock|trace|pharmacy|dispens\w*|medication)\b/i],
];

/** Reads what a step handles, from the diagram's own statement or from its roles or job. */
export function handledBy(resolved: Resolved): (node: IrNode) => Handles | undefined {
  const stated = new Map<string, Handles>();
  for (const { nodes } of resolved.containers.values())
    for (const element of nodes) {
      const text = textOf(element, 'clinical:handles');
      if (text === 'money' || text === 'drugs' || text === 'care') stated.set(textOf(element, 'id') ?? '', text);
    }
  return (node) => stated.get(node.id) ?? guessed(node);
}

function guessed({ body }: IrNode): Handles | undefined {
  if (body.kind === 'job') return firstMatch(jobWords, [writtenText(body.job.jobType) ?? '']);
  return body.kind === 'task' ? firstMatch(roleWords, writtenCodes(body.task.candidateGroups)) : undefined;
}

function firstMatch(words: typeof roleWords, texts: readonly string[]): Handles | undefined {
  return words.find(([, pattern]) => texts.some((text) => pattern.test(text)))?.[0];
}

/** What a job does that must be undone when the case is given up, and how the job is named that undoes it. */
const undoing: readonly (readonly [effect: RegExp, undo: RegExp])[] = [
  [/^(collect|pay)/i, /refund|return|reverse/i],
  [/^settle/i, /revoke|reverse/i],
  [/^(post-)?charge/i, /refund|reverse|void/i],
  [/^sell/i, /unsell/i],
  [/^dispense/i, /restock|take-back|return|quarantine/i],
  [/^issue/i, /red-letter|void|cancel/i],
];

/** How a job is named that takes back what this one does; nothing for a job that takes no effect. */
export function undoneBy(jobType: ValueSource): RegExp | undefined {
  return undoing.find(([effect]) => effect.test(actionOf(jobType)))?.[1];
}

/** `collect` of `payment.collect`. */
export function actionOf(jobType: ValueSource): string {
  return (writtenText(jobType) ?? '').split('.').at(-1) ?? '';
}
