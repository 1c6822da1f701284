import { type EntryFinding, type NewPerson, readPerson } from './new-person.ts';
import { parseCsv } from './parse-csv.ts';

/** What a file says: people to be entered, or why none of them will be. */
export type ReadPeople =
  | { readonly ok: true; readonly people: readonly NewPerson[] }
  | { readonly ok: false; readonly findings: readonly EntryFinding[] };

type Entry = { readonly row: number; readonly value: unknown };

const lists = new Set(['roles', 'credentials', 'hours']);

/** Reads people from the text of a file. Every row is checked; one wrong row refuses the file. */
export function readPeople(text: string, format: 'csv' | 'json'): ReadPeople {
  const entries = format === 'csv' ? csvEntries(text) : jsonEntries(text);
  if (typeof entries === 'string') return { ok: false, findings: [{ row: 1, message: entries }] };
  const read = entries.map(({ row, value }) => readPerson(value, row));
  const people = read.flatMap((one) => ('id' in one ? [one] : []));
  const findings = [...read.flatMap((one) => ('id' in one ? [] : one)), ...repeated(entries)];
  return findings.length === 0 ? { ok: true, people } : { ok: false, findings };
}

function csvEntries(text: string): readonly Entry[] | string {
  const [header, ...rows] = parseCsv(text);
  if (!header) return 'Expected a first line with the names of the columns, but the file is empty.';
  const names = header.cells.map((cell) => cell.trim());
  if (rows.length === 0) return 'Expected a line for each person below the names of the columns, but there is none.';
  return rows.map(({ line, cells }) => {
    const filled = names.flatMap((name, index): [string, unknown][] => {
      const cell = (cells[index] ?? '').trim();
      return cell === '' ? [] : [[name, lists.has(name) ? cell.split(/[\s;|]+/).filter(Boolean) : cell]];
    });
    const extra: [string, unknown][] = cells.length > names.length ? [[`column ${names.length + 1}`, '']] : [];
    return { row: line, value: Object.fromEntries([...filled, ...extra]) };
  });
}

function jsonEntries(text: string): readonly Entry[] | string {
  try {
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values) && values.length > 0) return values.map((value, index) => ({ row: index + 1, value }));
    return 'Expected a list with an entry for each person, but it is something else, or empty.';
  } catch {
    return 'Expected JSON, but the file is none.';
  }
}

function repeated(entries: readonly Entry[]): EntryFinding[] {
  const seen = new Map<unknown, number>();
  return entries.flatMap(({ row, value }) => {
    const id: unknown = Reflect.get(Object(value), 'id');
    const first = seen.get(id);
    if (first === undefined || typeof id !== 'string') {
      seen.set(id, row);
      return [];
    }
    return [{ row, field: 'id', message: `Expected each login name once, but row ${first} has "${id}" too.` }];
  });
}
