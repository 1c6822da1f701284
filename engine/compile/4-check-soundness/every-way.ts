import type { Answers } from '../../core/run.ts';
import { parseExpression, variablesOf } from '../../feel/index.ts';

/** Ways one command may go before it is given up. */
const MOST_WAYS = 2_000;

/** Questions one way may ask; more is a loop that no answer ends. */
const MOST_QUESTIONS = 200;

/** The answers given on one way, in order. */
export type Way<T> = { readonly answers: readonly boolean[]; readonly result: T };

/**
 * Plays something once for every way its conditions can be answered. `fixed` answers what is known already. Gives `all: false` when a bound
 * was reached first.
 */
export function everyWay<T>(
  play: (answers: Answers) => T,
  fixed: Answers,
): { readonly ways: readonly Way<T>[]; readonly all: boolean } {
  const ways: Way<T>[] = [];
  const open: (readonly boolean[])[] = [[]];
  let all = true;
  for (let given = open.pop(); given; given = open.pop()) {
    if (ways.length >= MOST_WAYS) return { ways, all: false };
    const { result, answers } = playWith(play, fixed, given);
    ways.push({ answers, result });
    all &&= answers.length < MOST_QUESTIONS;
    if (answers.length < MOST_QUESTIONS)
      for (let at = given.length; at < answers.length; at += 1) open.push([...answers.slice(0, at), !answers[at]]);
  }
  return { ways, all };
}

/** Plays one way: the answers given, then always the same. */
export function playWith<T>(play: (answers: Answers) => T, fixed: Answers, given: readonly boolean[]): Way<T> {
  const answers: boolean[] = [];
  const result = play((feel) => {
    const known = fixed(feel);
    if (known !== undefined) return known;
    if (readsOnlyItsGateway(feel)) return undefined;
    const answer = given[answers.length] ?? true;
    answers.push(answer);
    return answer;
  });
  return { result, answers };
}

const gatewayConditions = new Map<string, boolean>();

/** A complex gateway's condition over the number of tokens that came is known without the case's data. */
function readsOnlyItsGateway(feel: string): boolean {
  const known = gatewayConditions.get(feel);
  if (known !== undefined) return known;
  const parsed = parseExpression(feel);
  const names = parsed.ok ? variablesOf(parsed.expression) : [];
  const only = names.length > 0 && names.every((name) => name === 'activationCount');
  if (gatewayConditions.size > 10_000) gatewayConditions.clear();
  gatewayConditions.set(feel, only);
  return only;
}
