import type { Random } from '../../oracle/random.ts';
import { type CallPoint, faultPoints } from './fault-points.ts';
import type { FlowKey } from './flows.ts';
import type { Manner } from './node.ts';
import { type Story, type StoryName, stories, type Way } from './stories.ts';

/** What a schedule is made of; drawn from its seed before anything happens. */
export type Plan = {
  readonly nodes: number;
  readonly manner: Manner;
  readonly stories: readonly StoryName[];
  readonly playing: readonly Story[];
  readonly flows: readonly FlowKey[];
  /** Steps during which there are faults. */
  readonly steps: number;
  /** Fault points it has its eye on. */
  readonly focus: readonly string[];
};

type Aim = {
  readonly stories: readonly StoryName[];
  readonly way?: Way;
  /** Faults that lead there. */
  readonly reasons?: readonly string[];
  /** Calls of which two faults are taken. */
  readonly calls?: readonly CallPoint[];
  /** How many times as long as others its faults last, where it takes long to come there. */
  readonly longer?: number;
  /** How often it is taken, beside the others. */
  readonly weight?: number;
};

const mixes: readonly (readonly StoryName[])[] = [
  ['visit'],
  ['visit'],
  ['ward'],
  ['round', 'fragile'],
  ['call'],
  ['call', 'round'],
];

/** What a schedule by chance seldom comes to: it takes a story that leads there. */
const rare: readonly Aim[] = [
  { stories: ['call'], calls: ['messages.publish'] },
  { stories: ['call'], calls: ['messages.find'] },
  {
    stories: ['manyCalls'],
    reasons: ['notification lost'],
    calls: ['messages.returnUndelivered'],
    longer: 5,
    weight: 8,
  },
  { stories: ['ward'], calls: ['messages.correlate'] },
  { stories: ['fragile'], calls: ['definitions.byVersion'], weight: 2 },
  { stories: ['fragile'], calls: ['directory.peopleOnDuty'], weight: 4 },
  { stories: ['fragile'], calls: ['cases.entries'], weight: 4 },
  {
    stories: ['payback'],
    way: 'again',
    reasons: ['receiver refuses for good', 'connector.perform: fails after'],
    weight: 2,
  },
  { stories: ['payback'], way: 'once', reasons: ['receiver is silent, all done'], calls: ['connector.perform'] },
  { stories: ['payback'], way: 'once', reasons: ['receiver is silent, nothing done'], calls: ['connector.perform'] },
  {
    stories: ['payback'],
    way: 'asked',
    reasons: ['receiver is silent, nothing done'],
    calls: ['connector.query'],
    weight: 2,
  },
  {
    stories: ['payback'],
    way: 'asked',
    reasons: ['receiver is silent, all done'],
    calls: ['connector.query'],
    weight: 2,
  },
  {
    stories: ['payback'],
    way: 'asked',
    reasons: ['connector.perform: node killed before'],
    calls: ['connector.query'],
    weight: 2,
  },
  { stories: ['payback'], calls: ['keys.open', 'cases.commit'], weight: 3 },
  { stories: ['payback'], reasons: ['receiver fails for now'], calls: ['jobs.postpone'], weight: 4 },
];

const byWeight: readonly Aim[] = rare.flatMap((aim) => Array.from({ length: aim.weight ?? 1 }, () => aim));

/** Draws the plan. */
export function planOf(random: Random): Plan {
  const aim = random.chance(60) ? random.pick(byWeight) : undefined;
  const names = aim?.stories ?? random.pick(mixes);
  const way = aim?.way ?? random.pick<Way>(['once', 'asked', 'again']);
  const playing = names.map((name) => stories[name](way));
  return {
    ...{ nodes: random.between(1, 3), stories: names, playing },
    manner: {
      ...{ batch: random.between(1, 6), workers: random.between(1, 2), concurrency: random.between(1, 3) },
      pollMs: 15_000,
    },
    flows: [...new Set(playing.flatMap((story) => story.flows))],
    steps: random.between(30, 180) * (aim?.longer ?? 1),
    focus: focusOf(random, aim),
  };
}

function focusOf(random: Random, { reasons = [], calls = [] }: Partial<Aim> = {}): string[] {
  const points =
    calls.length === 0
      ? faultPoints
      : faultPoints.filter((point) => calls.some((call) => point.startsWith(`${call}:`)));
  return [...reasons, random.pick(points), random.pick(points), ...(reasons.length === 0 ? [random.pick(points)] : [])];
}
