import { evaluate } from '../feel.ts';
import type { Trigger } from '../model.ts';
import type { Game } from './game.ts';
import type { Wait } from './state.ts';
import { lookupFrom } from './variables.ts';

/**
 * Waits for the triggers of an event. Gives whether there is still something to wait for: a condition that holds already fires at once
 * and may end whoever waits.
 */
export function armTrigger(game: Game, owner: Omit<Wait, 'kind'>): boolean {
  for (const trigger of owner.node.triggers) arm(game, trigger, owner);
  const { token, scope } = owner;
  return token ? token.alive : scope.open && !scope.interrupted;
}

function arm(game: Game, trigger: Trigger, owner: Omit<Wait, 'kind'>): void {
  if (trigger.kind === 'message' || trigger.kind === 'signal') {
    game.waits.push({ ...owner, kind: trigger.kind, name: trigger.name });
  } else if (trigger.kind === 'timer') {
    game.waits.push({ ...owner, kind: 'timer', ...timing(trigger, game.now) });
  } else if (trigger.kind === 'conditional') {
    const last = evaluate(trigger.feel, lookupFrom(owner.scope, owner.token)) === true;
    const wait: Wait = { ...owner, kind: 'condition', feel: trigger.feel, last };
    game.waits.push(wait);
    if (last) game.fire(wait);
  }
}

function timing(
  { cycle, text }: Extract<Trigger, { kind: 'timer' }>,
  now: number,
): Pick<Wait, 'due' | 'every' | 'remaining'> {
  if (!cycle) return { due: now + milliseconds(text) };
  const [repetitions = '', duration = ''] = text.split('/');
  const every = milliseconds(duration);
  const times = repetitions.slice(1);
  return { due: now + every, every, remaining: times === '' ? Number.POSITIVE_INFINITY : Number(times) - 1 };
}

/** Milliseconds of a duration in days, hours, minutes and seconds. */
export function milliseconds(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!match) throw new Error(`Expected a duration the oracle can read, but found ${duration}`);
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
