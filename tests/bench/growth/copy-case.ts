import { z } from 'zod';
import { copyLine } from '../../../db/backup/copy-text.ts';
import type { KeyRing, OpenedEntry, Randomness } from '../../../engine/index.ts';
import { GENESIS_HASH, sealEntry, sha256Hex } from '../../../engine/replay/index.ts';
import { hospital } from '../../scenarios/world.ts';
import type { RecordedCase, TextRow } from './record-cases.ts';
import type { Act } from './screens.ts';
import { compileTemplate, daysIn, fillTemplate, laterDay, type TextTemplate } from './text-template.ts';

/** What a copy has of its own. The patient's number has seven digits, so that nobody of the demonstration is meant. */
export type Identity = {
  readonly caseId: string;
  readonly number: number;
  readonly patientNumber: number;
  readonly patientName: string;
  /** Days by which everything in the case happened later than in the recording. */
  readonly days: number;
};

/** Steps that cannot be done in a copy as they were in the recording: what was offered then is over, or the form asks why it is so late. */
const overInCopies = new Set(['A4_Book', 'C1_Write', 'C11_Administer', 'C15_Sign']);

/** A recorded case made ready to be copied. */
export type Pattern = {
  readonly processKey: string;
  readonly status: 'active' | 'ended';
  /** Day the recorded case began. */
  readonly startedAt: string;
  readonly entries: number;
  /** The task that was completed next in the recording, as a copy completes it. */
  readonly next: ((identity: Identity) => Act) | undefined;
  /** Rows of a copy by table, in the text form of `copy`; history and key apart. */
  rowsOf(identity: Identity, lastHash: string): ReadonlyMap<string, string>;
  /** History of a copy before sealing. */
  contentsOf(identity: Identity): readonly OpenedEntry[];
};

const patientText = z.object({ name: z.string(), encounterNo: z.string(), psnNo: z.string().optional() });
const lastHashToken = 'last_hash of the copy';

/** Makes a pattern of a recorded case; `after` is the entry that came next in the recording, if any. */
export function patternOf(recorded: RecordedCase, after: OpenedEntry | undefined): Pattern {
  const [row] = recorded.rows.get('cases') ?? [];
  if (!row) throw new Error(`Expected the row of case ${recorded.caseId}, but it has none`);
  const startedAt = String(row.started_at).slice(0, 10);
  const act = actOf(recorded, after);
  const lines = new Map(
    [...recorded.rows].map(([table, rows]) => [table, rows.map((one) => lineOf(table, one)).join('')]),
  );
  const history = JSON.stringify(recorded.entries);
  const given = JSON.stringify(act?.variables ?? {});
  const days = daysIn([...lines.values(), history, given].join('\n'), startedAt, 60);
  const fixed = tokensOf(recorded, row);
  const tokens = [...fixed, lastHashToken, ...days];
  const compile = (text: string) => compileTemplate(text, tokens);
  const tables = new Map([...lines].map(([table, text]) => [table, compile(text)]));
  const parts = { history: compile(history), given: compile(given) };
  const valuesOf = (identity: Identity, lastHash: string) => [
    ...valuesFor(identity, fixed),
    lastHash,
    ...days.map((one) => laterDay(one, identity.days)),
  ];
  const parsed = (part: TextTemplate, identity: Identity) => JSON.parse(fillTemplate(part, valuesOf(identity, '')));
  return {
    processKey: recorded.processKey,
    status: row.status === 'ended' ? 'ended' : 'active',
    startedAt: String(row.started_at),
    entries: recorded.entries.length,
    next:
      act &&
      (({ caseId, ...identity }) => {
        const variables = data.parse(parsed(parts.given, { caseId, ...identity }));
        return { caseId, taskId: `${caseId}-${act.n}`, by: act.by, variables };
      }),
    rowsOf(identity, lastHash) {
      const values = valuesOf(identity, lastHash);
      return new Map([...tables].map(([table, template]) => [table, fillTemplate(template, values)]));
    },
    contentsOf: (identity) => parsed(parts.history, identity),
  };
}

function lineOf(table: string, row: TextRow): string {
  return copyLine(Object.values(table === 'cases' ? { ...row, last_hash: lastHashToken } : row));
}

/** What names the case and its patient; the order is that of `valuesFor`. */
function tokensOf({ caseId, rows }: RecordedCase, row: TextRow): readonly string[] {
  const [held] = rows.get('open_keys') ?? [];
  const patient = patientText.safeParse(JSON.parse(row.patient ?? 'null')).data;
  return [
    ...[caseId, row.business_key ?? '', row.patient_id ?? ''],
    ...[patient?.name ?? '', patient?.encounterNo ?? '', patient?.psnNo ?? ''],
    held?.correlation_key ?? '',
  ];
}

function valuesFor(identity: Identity, [, businessKey = '', , , encounterNo = '']: readonly string[]): string[] {
  const number = String(identity.patientNumber).padStart(7, '0');
  const own = identity.number.toString(36).toUpperCase().padStart(8, '0');
  return [
    identity.caseId,
    `${businessKey.slice(0, 2)}${own}`,
    ...[`P${number}`, identity.patientName, `${encounterNo.slice(0, 3)}${number}`, `TEST-PSN-${number}`, `K${own}`],
  ];
}

const data = z.record(z.string(), z.json());

const closing = z.object({
  type: z.literal('TaskClosed'),
  by: z.string(),
  n: z.number(),
  outcome: z.literal('completed'),
  variables: data,
});

function actOf({ rows, caseId }: RecordedCase, entry: OpenedEntry | undefined) {
  if (entry?.header.command.type !== 'CompleteTask' || entry.header.actor.override) return undefined;
  const act = entry.events.map((event) => closing.safeParse(event).data).find(Boolean);
  const task = rows.get('tasks')?.find((one) => one.task_id === `${caseId}-${act?.n}`);
  return overInCopies.has(String(task?.element_id)) ? undefined : act;
}

/** A case's own key and sealed history, as rows, and the hash its case row ends with. */
export type SealedHistory = { readonly keyRow: string; readonly rows: string; readonly lastHash: string };

/**
 * Seals a copy's history with a key of its own, entry by entry, exactly as the engine does: it verifies and replays. Without `entries` the key is made and
 * nothing else, and the last hash stands for a history that is not there.
 */
export async function sealHistory(
  { caseId }: Identity,
  entries: readonly OpenedEntry[] | undefined,
  { keyRing, randomness }: { keyRing: KeyRing; randomness: Randomness },
): Promise<SealedHistory> {
  const { key, wrapped } = await keyRing.create(hospital, caseId);
  const keyRow = copyLine([hospital, caseId, wrapped]);
  if (!entries) return { keyRow, rows: '', lastHash: sha256Hex(caseId) };
  let previousHash = GENESIS_HASH;
  let rows = '';
  for (const { header, events, actor, override } of entries) {
    const { format: _format, events: _events, actor: _actor, sealing: _sealing, ...known } = header;
    const content = { ...known, actor, events: events.map(asObject), previousHash, ...(override && { override }) };
    const entry = sealEntry(content, key, randomness);
    rows += copyLine([
      ...[hospital, caseId, String(header.seq), header.recordedAt, JSON.stringify(entry.header)],
      ...[JSON.stringify(entry.values), entry.valuesRoot, previousHash, entry.hash],
    ]);
    previousHash = entry.hash;
  }
  return { keyRow, rows, lastHash: previousHash };
}

const asObject = (event: unknown) => data.parse(event);
