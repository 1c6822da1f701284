import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import postgres from 'postgres';
import { familyNames, femaleGivenNames, maleGivenNames } from '../../../app/hospital/patient-names.ts';
import { type SeededRandom, seededRandom } from '../../../app/hospital/seeded-random.ts';
import { backupTables } from '../../../db/backup/tables.ts';
import { createKeyRing } from '../../../db/key-ring.ts';
import { createSeededRandomness, type Randomness, uuidV7 } from '../../../engine/index.ts';
import { type Identity, type Pattern, patternOf, sealHistory } from './copy-case.ts';
import type { Growth } from './grow-hospital.ts';
import { countedColumns } from './record-cases.ts';
import type { Source } from './record-sources.ts';
import type { Act } from './screens.ts';

/** What a writer is started with. */
export type WriterOrder = {
  readonly ownerUrl: string;
  readonly masterKey: Uint8Array;
  readonly sources: readonly Source[];
  readonly growth: Growth;
  /** Its own, where the server may read. */
  readonly folder: string;
};

/** Numbers of the cases to write next, the last one not among them. */
export type Stretch = { readonly from: number; readonly to: number };

/** What was written. */
export type Written = {
  readonly rows: Readonly<Record<string, number>>;
  readonly acts: readonly Act[];
  readonly withHistory: readonly string[];
  readonly patients: readonly string[];
};

const daysOfFinished = 730;
const daysOfRunning = 60;
const casesOfPatient = 5;
/** About so many acts are told of, however many cases run. */
const mostActs = 5_000;
const millisecondsOfDay = 86_400_000;

/** Writes copies of recorded cases in bulk, one stretch of numbers after the other. */
class Writer {
  private readonly order: WriterOrder;
  private readonly owner: postgres.Sql;
  private readonly keyRing;
  private readonly finished: readonly Pattern[];
  private readonly running: readonly Pattern[];
  private columns: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(order: WriterOrder) {
    this.order = order;
    this.owner = postgres(order.ownerUrl, { max: 1, onnotice: () => {} });
    this.keyRing = createKeyRing(order.masterKey);
    const patterns = order.sources.flatMap(({ recorded, after, share }) => {
      const pattern = patternOf(recorded, after);
      return Array.from({ length: share }, () => pattern);
    });
    this.finished = patterns.filter(({ status }) => status === 'ended');
    this.running = patterns.filter(({ status }) => status === 'active');
  }

  async write({ from, to }: Stretch): Promise<Written> {
    const { seed, finished } = this.order.growth;
    // Each stretch has its own, whoever writes it: the hospital is the same in every run.
    const random = seededRandom(seed + from);
    const chance = { keyRing: this.keyRing, randomness: createSeededRandomness(`growth ${seed} ${from}`) };
    const texts = new Map<string, string>();
    const add = (table: string, text: string) => texts.set(table, (texts.get(table) ?? '') + text);
    const made = { acts: [] as Act[], withHistory: [] as string[], patients: [] as string[] };
    for (let number = from; number < to; number += 1) {
      const pattern = random.pick(number < finished ? this.finished : this.running);
      const identity = identityOf(this.order.growth, { number, pattern, random, ...chance });
      const contents = this.hasHistory(number) ? pattern.contentsOf(identity) : undefined;
      const { keyRow, rows, lastHash } = await sealHistory(identity, contents, chance);
      add('case_keys', keyRow);
      add('history', rows);
      for (const [table, text] of pattern.rowsOf(identity, lastHash)) add(table, text);
      if (contents) made.withHistory.push(identity.caseId);
      if (pattern.next && this.isKept(number)) made.acts.push(pattern.next(identity));
      if (number % 97 === 0) made.patients.push(`P${String(identity.patientNumber).padStart(7, '0')}`);
    }
    const rows: Record<string, number> = {};
    for (const [table, text] of texts) if (text !== '') rows[table] = await this.copy(table, text);
    return { rows, ...made };
  }

  /** Of a large hospital, what is asked for later is one in several. */
  private isKept(number: number): boolean {
    return number % Math.ceil(this.order.growth.running / mostActs) === 0;
  }

  private hasHistory(number: number): boolean {
    const { finished, historyOfFinished, historyOfRunning } = this.order.growth;
    return number % (number < finished ? historyOfFinished : historyOfRunning) === 0;
  }

  private async copy(table: string, text: string): Promise<number> {
    this.columns ??= columnsOf(this.owner);
    const columns = (await this.columns).get(table);
    if (!columns) throw new Error(`Expected a table ${table}, but there is none`);
    const { owner } = this;
    // Read by the server itself: the driver's own copy never ends when the server refuses a row.
    const file = join(this.order.folder, table);
    await writeFile(file, text, { mode: 0o644 });
    const { count } = await owner`copy ${owner(table)} (${owner(columns)}) from ${owner.unsafe(`'${file}'`)}`;
    return count;
  }
}

type Chance = {
  readonly number: number;
  readonly pattern: Pattern;
  readonly random: SeededRandom;
  readonly randomness: Randomness;
};

function identityOf({ finished, running, now }: Growth, { number, pattern, random, randomness }: Chance): Identity {
  const isRunning = number >= finished;
  const share = isRunning ? (number - finished) / running : number / finished;
  const ago = Math.ceil(isRunning ? (1 - share) * daysOfRunning : daysOfRunning + (1 - share) * daysOfFinished);
  // A whole number of days later than the recording, so that times of day stay as they were.
  const days = Math.floor((Date.parse(now) - Date.parse(pattern.startedAt)) / millisecondsOfDay) - ago;
  const began = new Date(Date.parse(pattern.startedAt) + days * millisecondsOfDay).toISOString();
  const patientNumber = random.below(Math.ceil((finished + running) / casesOfPatient));
  const named = seededRandom(patientNumber);
  const patientName = named.pick(familyNames) + named.pick(named.below(2) === 0 ? maleGivenNames : femaleGivenNames);
  return { caseId: uuidV7(began, randomness), number, patientNumber, patientName, days };
}

/** The columns that are written; numbers the database gives by itself are left to it. */
async function columnsOf(owner: postgres.Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const left = new Set(['history.written_by', ...(await countedColumns(owner))]);
  const tables = await backupTables(owner);
  return new Map(tables.map(({ name, columns }) => [name, columns.filter((column) => !left.has(`${name}.${column}`))]));
}

if (!isMainThread && parentPort) {
  const writer = new Writer(workerData);
  const port = parentPort;
  port.on('message', (stretch: Stretch) => writer.write(stretch).then((written) => port.postMessage(written)));
}
