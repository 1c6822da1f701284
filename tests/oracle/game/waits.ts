import type { Trigger } from '../model.ts';
import type { Game } from './game.ts';
import type { Wait } from './state.ts';
import { lookupFrom } from './variables.ts';

/**
 * Waits for the triggers of an event. Gives whether there is still something to wait for: a condition that holds already fires at once
 * and may end whoever waits.
 */
export function armTrigger(game: Game, owner: Omit<Wait, 'kind'>): boolean {
  if (owner.node.parallelMultiple) return armAll(game, owner);
  return owner.node.triggers.every((trigger) => {
    const wait = waitFor(game, trigger, owner);
    if (wait) game.waits.push(wait);
    if (wait?.last) game.fire(wait);
    return isThere(owner);
  });
}

/** All of several triggers: what holds already has come. */
function armAll(game: Game, owner: Omit<Wait, 'kind'>): boolean {
  const waits = waitAgain(game, owner);
  for (const wait of waits) if (wait.last) game.fire(wait);
  return isThere(owner);
}

/** The next round of a parallel multiple event: a condition that still holds must fall first, like that of a single event. */
export function waitAgain(game: Game, owner: Omit<Wait, 'kind'>): readonly Wait[] {
  const waits = owner.node.triggers.flatMap((trigger) => waitFor(game, trigger, owner) ?? []);
  game.waits.push(...waits);
  return waits;
}

/** Whether whoever waits was not ended, and did not go on. */
function isThere({ token, scope }: Omit<Wait, 'kind'>): boolean {
  return token ? token.alive && token.phase === 'active' : scope.open && !scope.interrupted;
}

/** What is waited for; nothing for what is found when it is thrown. */
export function waitFor(game: Game, trigger: Trigger, owner: Omit<Wait, 'kind'>): Wait | undefined {
  const lookup = lookupFrom(owner.scope, owner.token);
  switch (trigger.kind) {
    case 'message': {
      const key = trigger.key === undefined ? '' : String(game.judge.value(trigger.key, lookup));
      return { ...owner, kind: 'message', name: trigger.name, key };
    }
    case 'signal':
      return { ...owner, kind: 'signal', name: trigger.name };
    case 'timer':
      return { ...owner, kind: 'timer', ...timing(game, trigger) };
    case 'conditional': {
      const last = !game.judge.exits && game.judge.holds(trigger.feel, lookup) === true;
      return { ...owner, kind: 'condition', feel: trigger.feel, last };
    }
    default:
      return undefined;
  }
}

/** A cycle is `R3/PT1H`, or `R3/<first>/PT1H`. */
function timing(
  { now, judge }: Game,
  { form, text }: Extract<Trigger, { kind: 'timer' }>,
): Pick<Wait, 'due' | 'every' | 'remaining'> {
  if (form === 'duration') return { due: now + judge.duration(text) };
  if (form === 'date') return { due: judge.instant(text) };
  const parts = text.split('/');
  const every = judge.duration(parts.at(-1) ?? '');
  const first = parts.length > 2 ? judge.instant(parts[1] ?? '') : now + every;
  const times = (parts[0] ?? '').slice(1);
  return { due: first, every, remaining: times === '' ? Number.POSITIVE_INFINITY : Number(times) - 1 };
}
