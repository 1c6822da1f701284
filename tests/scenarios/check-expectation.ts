import type { Play, Seen } from './play.ts';
import type { Expectation } from './scenario-format.ts';
import { differences } from './scenario-values.ts';

/** Holds a case against what the scenario says of it. Returns what is otherwise. */
export async function checkExpectation(play: Play, seen: Seen, expected: Expectation): Promise<readonly string[]> {
  const { view, completed } = seen;
  return [
    ...checkEnd(seen, expected),
    ...differences(expected.variables ?? {}, view.variables, 'variables'),
    ...differences(expected.completed ?? {}, pick(completed, expected.completed), 'completed'),
    ...(expected.notCompleted ?? []).flatMap((id) =>
      completed[id] ? [`expected ${id} not to be completed, but it was`] : [],
    ),
    ...checkIncidents(seen, expected.incidents),
    ...missing(
      'a wait for the message',
      expected.waitingFor,
      view.subscriptions.map((one) => one.messageName),
    ),
    ...missing(
      'a timer at',
      expected.timers,
      view.timers.map((timer) => timer.elementId),
    ),
    ...missing(
      'a token at',
      expected.at,
      view.tokens.map((token) => token.elementId),
    ),
    ...(await checkLedger(play, seen, expected.ledger)),
  ];
}

function checkEnd({ view }: Seen, { ended, outcome }: Expectation): string[] {
  const failures: string[] = [];
  if (ended !== undefined && ended !== (view.status === 'ended'))
    failures.push(`expected the case to be ${ended ? 'ended' : 'running'}, but it is ${view.status}`);
  if (outcome !== undefined && view.outcome !== outcome)
    failures.push(`expected the outcome ${outcome}, but it is ${view.outcome ?? 'not ended'}`);
  return failures;
}

function checkIncidents({ view }: Seen, expected: readonly string[] | undefined): string[] {
  if (!expected) return [];
  const open = view.incidents.map((incident) => incident.elementId).sort();
  if (JSON.stringify(open) === JSON.stringify([...expected].sort())) return [];
  const found = view.incidents.map(({ elementId, code, message }) => `${elementId} ${code}: ${message}`);
  return [`expected incidents at [${expected.join(', ')}], but there are [${found.join('; ')}]`];
}

function missing(what: string, expected: readonly string[] | undefined, found: readonly string[]): string[] {
  return (expected ?? []).flatMap((name) =>
    found.includes(name) ? [] : [`expected ${what} ${name}, but there are only: ${found.join(', ') || 'none'}`],
  );
}

function pick(counts: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>> | undefined) {
  return Object.fromEntries(Object.keys(wanted ?? {}).map((id) => [id, counts[id] ?? 0]));
}

async function checkLedger(play: Play, { caseId }: Seen, expected: Expectation['ledger']): Promise<string[]> {
  if (!expected) return [];
  const held = await play.world.simulators.held({ caseId });
  return Object.entries(expected).flatMap(([payer, fen]) => {
    const found = held[payer] ?? 0;
    return found === fen ? [] : [`expected ${fen} fen held of ${payer}, but it is ${found}`];
  });
}
