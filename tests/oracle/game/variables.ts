import { type Lookup, namesIn, type Value } from '../feel.ts';
import type { Mapping } from '../model.ts';
import type { Game } from './game.ts';
import type { Scope, Token, Variables } from './state.ts';

/** What names mean at a token, or in a scope: its own inputs first, then outward. */
export function lookupFrom(scope: Scope, token?: Token): Lookup {
  return (name) => {
    const own = token?.locals.get(name);
    return own !== undefined ? own : (holderOf(scope, name)?.variables.get(name) ?? null);
  };
}

/** Every name visible in a scope. */
export function visibleFrom(scope: Scope): Variables {
  const outer = scope.parent && !scope.isolated ? visibleFrom(scope.parent) : new Map<string, Value>();
  return new Map([...outer, ...scope.variables]);
}

function holderOf(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.isolated ? undefined : at.parent)
    if (at.variables.has(name)) return at;
  return undefined;
}

function processOf(scope: Scope): Scope {
  return scope.parent && !scope.isolated ? processOf(scope.parent) : scope;
}

/** Writes each name where the nearest enclosing scope has it, else in the process. */
export function write(game: Game, scope: Scope, variables: Variables): void {
  for (const [name, value] of variables) {
    (holderOf(scope, name) ?? processOf(scope)).variables.set(name, value);
    game.written.add(name);
  }
}

/** What an activity brought: all of it, or what its output mappings make of it; its own inputs do not catch it. */
export function bring(game: Game, token: Token, values: Variables): void {
  const { node, scope } = token;
  const seen = lookupFrom(scope, token);
  const among: Lookup = (name) => (values.has(name) ? (values.get(name) ?? null) : seen(name));
  write(game, scope, node.outputs.length > 0 ? mapped(game, node.outputs, among) : values);
  for (const { source, target } of node.copies) {
    const value = game.judge.value(source, among);
    if (value !== null) write(game, scope, new Map([[target, value]]));
  }
}

/** After a step that wrote, the conditions that read one of the names are asked; one that has become true fires (10.5.5). */
export function askConditions(game: Game): void {
  if (game.written.size === 0 || game.judge.exits) return;
  const asked = game.waits.filter(({ feel }) => feel !== undefined && reads(feel, game.written));
  game.written.clear();
  for (const wait of asked) {
    if (!game.waits.includes(wait)) continue;
    const holds = game.judge.holds(wait.feel ?? 'false', lookupFrom(wait.scope, wait.token)) === true;
    const rises = holds && wait.last !== true;
    wait.last = holds;
    if (rises) game.fire(wait);
  }
}

function reads(feel: string, written: ReadonlySet<string>): boolean {
  return [...namesIn(feel)].some((name) => written.has(name));
}

/** Values of mappings, one after the other: each sees the targets of those before it. */
export function mapped(game: Game, mappings: readonly Mapping[], lookup: Lookup): Variables {
  const values: Variables = new Map();
  for (const { source, target } of mappings)
    values.set(
      target,
      game.judge.value(source, (name) => (values.has(name) ? (values.get(name) ?? null) : lookup(name))),
    );
  return values;
}
