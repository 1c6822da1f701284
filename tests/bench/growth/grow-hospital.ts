import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { familyNames, femaleGivenNames, maleGivenNames } from '../../../app/hospital/patient-names.ts';
import { type SeededRandom, seededRandom } from '../../../app/hospital/seeded-random.ts';
import { backupTables } from '../../../db/backup/tables.ts';
import { createSeededRandomness, type KeyRing, uuidV7 } from '../../../engine/index.ts';
import { type Identity, type Pattern, sealHistory } from './copy-case.ts';
import type { Act } from './screens.ts';

/** How a hospital is grown. */
export type Growth = {
  readonly finished: number;
  readonly running: number;
  /** One finished case in so many has its history, and one running case in so many. */
  readonly historyOfFinished: number;
  readonly historyOfRunning: number;
  readonly seed: number;
  /** What is now; the cases began before. */
  readonly now: string;
};

/** What there is afterwards. */
export type Grown = {
  readonly rows: Readonly<Record<string, number>>;
  /** Tasks of running cases with what they are completed with, some of them. */
  readonly acts: readonly Act[];
  /** Cases with their history. */
  readonly withHistory: readonly string[];
  /** Patients with the number of their cases, some of them. */
  readonly patients: readonly string[];
};

const daysOfFinished = 730;
const daysOfRunning = 60;
const casesOfPatient = 5;
const casesAtOnce = 1_000;
/** Running copies kept at hand to be completed; enough for every measurement. */
const mostKept = 5_000;

/**
 * Fills a migrated database with copies of recorded cases, in bulk: finished ones begun over two years, running ones over two months.
 * The same seed gives the same hospital, its keys and salts apart.
 */
export async function growHospital(
  ownerUrl: string,
  keyRing: KeyRing,
  patterns: readonly Pattern[],
  growth: Growth,
  tell: (line: string) => void = () => {},
): Promise<Grown> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  // The server reads what is written here, as a user of its own.
  const folder = mkdtempSync(join(tmpdir(), 'meridian-rows-'));
  chmodSync(folder, 0o755);
  const grower = new Grower(owner, folder, keyRing, patterns, growth);
  try {
    await owner`select ensure_history_partitions(${growth.now}::timestamptz - interval '26 months', ${growth.now}::timestamptz + interval '3 months')`;
    await grower.begin();
    const total = growth.finished + growth.running;
    for (let from = 0; from < total; from += casesAtOnce) {
      await grower.write(from, Math.min(total, from + casesAtOnce));
      if (from % 100_000 === 0 && from > 0) tell(`  ${from} cases written`);
    }
    return grower.grown;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await owner.end();
  }
}

class Grower {
  readonly grown: Grown & {
    rows: Record<string, number>;
    acts: Act[];
    withHistory: string[];
    patients: string[];
  } = {
    ...{ rows: {}, acts: [], withHistory: [], patients: [] },
  };
  private columns: ReadonlyMap<string, readonly string[]> = new Map();
  private readonly random: SeededRandom;
  readonly randomness;
  private readonly finished: readonly Pattern[];
  private readonly running: readonly Pattern[];
  private readonly owner: postgres.Sql;
  private readonly folder: string;
  readonly keyRing: KeyRing;
  private readonly growth: Growth;

  constructor(owner: postgres.Sql, folder: string, keyRing: KeyRing, patterns: readonly Pattern[], growth: Growth) {
    this.owner = owner;
    this.folder = folder;
    this.keyRing = keyRing;
    this.growth = growth;
    this.random = seededRandom(growth.seed);
    this.randomness = createSeededRandomness(`growth ${growth.seed}`);
    this.finished = patterns.filter(({ status }) => status === 'ended');
    this.running = patterns.filter(({ status }) => status === 'active');
  }

  async begin(): Promise<void> {
    const given = await this.owner`
      select table_name as "table", column_name as "column" from information_schema.columns where is_identity = 'YES'`;
    const left = new Set([...given.map(({ table, column }) => `${table}.${column}`), 'history.written_by']);
    const tables = await backupTables(this.owner);
    this.columns = new Map(
      tables.map(({ name, columns }) => [name, columns.filter((column) => !left.has(`${name}.${column}`))]),
    );
  }

  /** Writes the cases with these numbers. */
  async write(from: number, to: number): Promise<void> {
    const texts = new Map<string, string[]>();
    const add = (table: string, text: string) => {
      const list = texts.get(table) ?? [];
      texts.set(table, list);
      if (text !== '') list.push(text);
    };
    for (let number = from; number < to; number += 1) {
      const pattern = this.random.pick(number < this.growth.finished ? this.finished : this.running);
      const identity = this.identityOf(number, pattern);
      const contents = this.hasHistory(number) ? pattern.contentsOf(identity) : undefined;
      const { keyRow, rows, lastHash } = await sealHistory(identity, contents, this);
      add('case_keys', keyRow);
      add('history', rows);
      for (const [table, text] of pattern.rowsOf(identity, lastHash)) add(table, text);
      this.keep(identity, pattern, contents !== undefined);
    }
    for (const [table, list] of texts) if (list.length > 0) await this.copy(table, list);
  }

  private identityOf(number: number, pattern: Pattern): Identity {
    const { finished, running, now } = this.growth;
    const isRunning = number >= finished;
    const share = isRunning ? (number - finished) / running : number / finished;
    const ago = Math.ceil(isRunning ? (1 - share) * daysOfRunning : daysOfRunning + (1 - share) * daysOfFinished);
    // A whole number of days later than the recording, so that times of day stay as they were.
    const days = Math.floor((Date.parse(now) - Date.parse(pattern.startedAt)) / 86_400_000) - ago;
    const began = new Date(Date.parse(pattern.startedAt) + days * 86_400_000).toISOString();
    const patients = Math.ceil((finished + running) / casesOfPatient);
    const patientNumber = this.random.below(patients);
    const named = seededRandom(patientNumber);
    const patientName = named.pick(familyNames) + named.pick(named.below(2) === 0 ? maleGivenNames : femaleGivenNames);
    return { caseId: uuidV7(began, this.randomness), number, patientNumber, patientName, days };
  }

  private hasHistory(number: number): boolean {
    const { finished, historyOfFinished, historyOfRunning } = this.growth;
    return number % (number < finished ? historyOfFinished : historyOfRunning) === 0;
  }

  private keep(identity: Identity, pattern: Pattern, hasHistory: boolean): void {
    const { grown } = this;
    if (hasHistory) grown.withHistory.push(identity.caseId);
    if (identity.number % 97 === 0) grown.patients.push(`P${String(identity.patientNumber).padStart(7, '0')}`);
    if (pattern.next && grown.acts.length < mostKept) grown.acts.push(pattern.next(identity));
  }

  private async copy(table: string, texts: readonly string[]): Promise<void> {
    const columns = this.columns.get(table);
    if (!columns) throw new Error(`Expected a table ${table}, but there is none`);
    const { owner } = this;
    // Read by the server itself: the driver's own copy never ends when the server refuses a row.
    const file = join(this.folder, table);
    await writeFile(file, texts.join(''), { mode: 0o644 });
    const { count } = await owner`copy ${owner(table)} (${owner(columns)}) from ${owner.unsafe(`'${file}'`)}`;
    this.grown.rows[table] = (this.grown.rows[table] ?? 0) + count;
  }
}
