/** A text with places for what differs between copies. */
export type TextTemplate = {
  /** One more than `slots`. */
  readonly literals: readonly string[];
  /** Which value stands after each literal but the last. */
  readonly slots: readonly number[];
};

/** Finds the tokens in a text; of tokens that begin at the same place, the longest. */
export function compileTemplate(text: string, tokens: readonly string[]): TextTemplate {
  const slotOf = new Map(tokens.map((token, slot) => [token, slot]));
  const inOrder = [...slotOf.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
  const literals: string[] = [];
  const slots: number[] = [];
  let from = 0;
  if (inOrder.length > 0)
    for (const found of text.matchAll(new RegExp(inOrder.map(escaped).join('|'), 'g'))) {
      literals.push(text.slice(from, found.index));
      slots.push(slotOf.get(found[0]) ?? 0);
      from = found.index + found[0].length;
    }
  return { literals: [...literals, text.slice(from)], slots };
}

/** The text with other values at its places. */
export function fillTemplate({ literals, slots }: TextTemplate, values: readonly string[]): string {
  let text = literals[0] ?? '';
  for (let at = 0; at < slots.length; at += 1) text += `${values[slots[at] ?? 0]}${literals[at + 1]}`;
  return text;
}

const day = /\b20\d\d-\d\d-\d\d/g;
const millisecondsOfDay = 86_400_000;

/** The days (`YYYY-MM-DD`) named in a text that are less than `within` days from `around`. */
export function daysIn(text: string, around: string, within: number): readonly string[] {
  const middle = Date.parse(around);
  const near = (one: string) => Math.abs(Date.parse(one) - middle) < within * millisecondsOfDay;
  return [...new Set(text.match(day))].filter(near);
}

/** The day so many days later. */
export function laterDay(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsOfDay).toISOString().slice(0, 10);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
