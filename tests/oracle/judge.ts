import { evaluate, type Lookup, type Value } from './feel.ts';
import type { Flow, Node } from './model.ts';
import type { Random } from './random.ts';

/** Who says what expressions are worth. */
export type Judge = {
  readonly value: (feel: string, lookup: Lookup) => Value;
  readonly holds: (feel: string, lookup: Lookup) => boolean | undefined;
  /** How many instances. */
  readonly count: (feel: string, lookup: Lookup) => number;
  readonly duration: (text: string) => number;
  /** Milliseconds from the start of the game to a date. */
  readonly instant: (text: string) => number;
  /** Flows out of a node with conditions, where they are not asked one by one. */
  readonly exits?: (node: Node) => readonly Flow[];
};

/** Expressions mean what they say. */
export const byEvaluation: Judge = {
  value: evaluate,
  holds: (feel, lookup) => {
    const value = evaluate(feel, lookup);
    return typeof value === 'boolean' ? value : undefined;
  },
  count: (feel, lookup) => Number(evaluate(feel, lookup)),
  duration: milliseconds,
  instant: (text) => Date.parse(withZone(text)) - began,
};

/** When every game begins. */
export const began = Date.parse('2026-03-02T00:00:00.000Z');

/** A date without an offset is one of the hospital's zone. */
function withZone(text: string): string {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  return `${text.includes('T') ? text : `${text}T00:00:00`}+08:00`;
}

/** Expressions are free choices: whatever data may come, some game plays it. `towards`: how far nodes are from where the game mostly goes now. */
export function byChance(random: Random, towards: () => Distances | undefined): Judge {
  return {
    value: () => null,
    holds: () => random.chance(50),
    count: () => random.between(0, 3),
    duration: () => 0,
    instant: () => 0,
    exits: (node) => {
      const leading = nearest(node.outgoing, ({ target }) => target, towards());
      return leading.length > 0 && random.chance(80) ? exitsTo(node, leading, random) : someExits(node, random);
    },
  };
}

/** How far it is from nodes to somewhere; nothing where no way leads there. */
export type Distances = ReadonlyMap<string, number>;

/** Those of some choices that are nearest to where a game goes. */
export function nearest<T>(
  choices: readonly T[],
  nodeOf: (choice: T) => string,
  towards: Distances | undefined,
): readonly T[] {
  const far = (choice: T) => towards?.get(nodeOf(choice)) ?? Number.POSITIVE_INFINITY;
  const least = Math.min(...choices.map(far));
  return least === Number.POSITIVE_INFINITY ? [] : choices.filter((choice) => far(choice) === least);
}

function exitsTo(node: Node, leading: readonly Flow[], random: Random): readonly Flow[] {
  if (node.type === 'exclusiveGateway') return [random.pick(leading)];
  const some = someExits(node, random);
  return some.some((flow) => leading.includes(flow)) ? some : [...freeExits(node), random.pick(leading)];
}

/** Flows out of an activity that have no condition are always taken. */
function freeExits({ type, outgoing, defaultFlow }: Node): readonly Flow[] {
  if (type.endsWith('Gateway')) return [];
  return outgoing.filter(({ id, condition }) => condition === undefined && id !== defaultFlow);
}

function someExits(node: Node, random: Random): readonly Flow[] {
  const { type, outgoing, defaultFlow } = node;
  if (type === 'exclusiveGateway') return [random.pick(outgoing)];
  const free = freeExits(node);
  const asked = outgoing.filter((flow) => !free.includes(flow) && flow.id !== defaultFlow && random.chance(50));
  const taken = [...free, ...asked];
  if (taken.length > 0) return taken;
  const otherwise = outgoing.filter(({ id }) => id === defaultFlow);
  return otherwise.length > 0 ? otherwise : [random.pick(outgoing)];
}

/** Milliseconds of a duration in days, hours, minutes and seconds. */
function milliseconds(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!match) throw new Error(`Expected a duration the oracle can read, but found ${duration}`);
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
