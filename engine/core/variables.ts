import type { JsonObject } from './json.ts';
import { emit, type Run, scopeOf, tokenOf } from './run.ts';
import type { Numbered, RepeatState, ScopeState, TokenState } from './state.ts';

/** Where a variable may live: a scope, or the token hosting it (its activity's input mappings). */
type Holder = { readonly scope: number; readonly token?: number; readonly variables: JsonObject };

type Tables = { readonly scopes: Numbered<ScopeState>; readonly tokens: Numbered<TokenState> };

/** Holders seen from a scope, innermost first, up to the process: a called process does not see its caller. */
function holdersFrom(tables: Tables, scope: number): Holder[] {
  const holders: Holder[] = [];
  for (let n: number | undefined = scope; n !== undefined; ) {
    const one: ScopeState | undefined = tables.scopes[n];
    if (!one) break;
    const host: TokenState | undefined = one.host === undefined ? undefined : tables.tokens[one.host];
    const counters = one.instance === undefined ? undefined : host?.repeat;
    holders.push({ scope: n, variables: counters ? { ...countersOf(counters), ...one.variables } : one.variables });
    if (one.isolated) break;
    if (host?.variables && one.host !== undefined)
      holders.push({ scope: host.scope, token: one.host, variables: host.variables });
    n = one.parent;
  }
  return holders;
}

/** Everything an expression in this scope can read. */
export function visibleIn(tables: Tables, scope: number): JsonObject {
  const holders = holdersFrom(tables, scope);
  const [only] = holders;
  if (only && holders.length === 1) return only.variables;
  return Object.assign({}, ...holders.reverse().map((holder) => holder.variables));
}

/** Everything an expression of a token's node can read: its scope's, and its own local variables over them. */
export function visibleTo(tables: Tables, token: TokenState): JsonObject {
  const visible = visibleIn(tables, token.scope);
  return token.variables ? { ...visible, ...token.variables } : visible;
}

/** The counters BPMN gives to the expressions of a multi-instance activity. */
export function countersOf(state: RepeatState): JsonObject {
  return {
    numberOfInstances: state.total ?? state.started,
    numberOfActiveInstances: state.started - state.completed - state.terminated,
    numberOfCompletedInstances: state.completed,
    numberOfTerminatedInstances: state.terminated,
  };
}

/**
 * Writes results: each variable where the nearest enclosing scope has it, new ones in the process. The local variables of the activity that
 * brings the result do not count, so a form field named like a prefilled one reaches the case.
 */
export function propagate(run: Run, scope: number, values: JsonObject): void {
  const holders = holdersFrom(run.draft, scope);
  const outermost = holders.at(-1);
  const writes = new Map<Holder, { [name: string]: JsonObject[string] }>();
  for (const [name, value] of Object.entries(values)) {
    const holder = holders.find(({ variables }) => Object.hasOwn(variables, name)) ?? outermost;
    if (!holder || value === undefined) continue;
    const write = writes.get(holder) ?? {};
    write[name] = value;
    writes.set(holder, write);
  }
  for (const [holder, variables] of writes) writeTo(run, holder.scope, holder.token, variables);
}

/** Writes local variables of a scope. */
export function writeScope(run: Run, scope: number, variables: JsonObject): void {
  scopeOf(run, scope);
  writeTo(run, scope, undefined, variables);
}

/** Writes local variables of a token. */
export function writeToken(run: Run, token: number, variables: JsonObject): void {
  writeTo(run, tokenOf(run, token).scope, token, variables);
}

function writeTo(run: Run, scope: number, token: number | undefined, variables: JsonObject): void {
  const names = Object.keys(variables);
  if (names.length === 0) return;
  for (const name of names) run.written.add(name);
  emit(run, { scope, token, type: 'VariablesWritten', variables });
}
