import type { Trigger } from '../model.ts';
import type { Game } from './game.ts';
import type { Wait } from './state.ts';
import { lookupFrom } from './variables.ts';

/**
 * Waits for the triggers of an event. Gives whether there is still something to wait for: a condition that holds already fires at once
 * and may end whoever waits.
 */
export function armTrigger(game: Game, owner: Omit<Wait, 'kind'>): boolean {
  return owner.node.triggers.every((trigger) => {
    arm(game, trigger, owner);
    return isThere(owner);
  });
}

/** Whether whoever waits was not ended, and did not go on. */
function isThere({ token, scope }: Omit<Wait, 'kind'>): boolean {
  return token ? token.alive && token.phase === 'active' : scope.open && !scope.interrupted;
}

function arm(game: Game, trigger: Trigger, owner: Omit<Wait, 'kind'>): void {
  if (trigger.kind === 'message' || trigger.kind === 'signal') {
    game.waits.push({ ...owner, kind: trigger.kind, name: trigger.name });
  } else if (trigger.kind === 'timer') {
    game.waits.push({ ...owner, kind: 'timer', ...timing(game, trigger) });
  } else if (trigger.kind === 'conditional') {
    const asked = !game.judge.exits;
    const last = asked && game.judge.holds(trigger.feel, lookupFrom(owner.scope, owner.token)) === true;
    const wait: Wait = { ...owner, kind: 'condition', feel: trigger.feel, last };
    game.waits.push(wait);
    if (last) game.fire(wait);
  }
}

function timing(
  { now, judge }: Game,
  { cycle, text }: Extract<Trigger, { kind: 'timer' }>,
): Pick<Wait, 'due' | 'every' | 'remaining'> {
  if (!cycle) return { due: now + judge.duration(text) };
  const [repetitions = '', duration = ''] = text.split('/');
  const every = judge.duration(duration);
  const times = repetitions.slice(1);
  return { due: now + every, every, remaining: times === '' ? Number.POSITIVE_INFINITY : Number(times) - 1 };
}
