import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { connectBeside } from '../app/composition/connect-database.server.ts';
import { demoHospital } from '../app/hospital/departments.ts';
import { type EntryFinding, type NewPerson, readPerson } from '../app/people/new-person.ts';
import { weaknessOf } from '../app/people/password-rule.ts';
import { createPeopleRegister, type PeopleRegister } from '../app/people/people-register.server.ts';
import { readPeople } from '../app/people/read-people.ts';
import { readSettings } from '../app/settings.server.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { askNewSecret } from './ask-secret.ts';

const usage = `Usage: npm run admin -- COMMAND

  create --id ID --name NAME [--name-en NAME] [--department CODE] [--role CODE ...] [--credential CODE ...]
      Adds a person who can log in. Without --role and --department: a system administrator of the IT department.
  import FILE
      Adds the people of a CSV or JSON file: all of them, or none when a row is wrong.
      Columns: id, name, nameEn, department, roles, credentials, hours, password. Needed are id, name, department and roles.
      Several values in a cell are separated by spaces or semicolons. hours: 08:00-20:00; none: around the clock.
      Somebody without a password is in the directory but cannot log in until "password" is run for them.
  password --id ID
      Gives somebody a new password and ends their sessions.

The password is asked for at the terminal, or read from standard input: its first line.
Works on the database the settings DATA_DIR and DATABASE_URL name, while Meridian runs and while it does not.
Ends with 1 when something is refused, with 2 when the command is not understood.`;

const options = {
  id: { type: 'string' },
  name: { type: 'string' },
  'name-en': { type: 'string' },
  department: { type: 'string', default: 'IT' },
  role: { type: 'string', multiple: true, default: ['system-admin'] },
  credential: { type: 'string', multiple: true, default: [] },
  help: { type: 'boolean', default: false },
} satisfies NonNullable<ParseArgsConfig['options']>;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** What a command came to: the lines that say so, the summary last. */
type Answer = { readonly ok: boolean; readonly lines: readonly string[] };

/** A command that is not understood. */
class UsageError extends Error {}

async function run(args: readonly string[]): Promise<Answer> {
  const { values, positionals } = read(args);
  const [command, file, ...rest] = positionals;
  if (values.help) return { ok: true, lines: [usage] };
  if (command === 'create' && file === undefined) return create(values);
  if (command === 'password' && file === undefined) return changePassword(needed(values.id, '--id'));
  if (command === 'import' && rest.length === 0) return importFile(needed(file, 'FILE'));
  throw new UsageError(usage);
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`Expected ${name}, but it is missing.\n\n${usage}`);
  return value;
}

async function create(values: Values): Promise<Answer> {
  const entry = {
    ...{ id: needed(values.id, '--id'), name: needed(values.name, '--name') },
    ...(values['name-en'] !== undefined && { nameEn: values['name-en'] }),
    ...{ department: values.department, roles: values.role, credentials: values.credential },
  };
  const checked = readPerson(entry, 1);
  if (!('id' in checked)) return refused(checked, 1);
  const person = readPerson({ ...entry, password: await askNewSecret('Password') }, 1);
  if (!('id' in person)) return refused(person, 1);
  return withRegister((register) => add(register, [person]));
}

async function importFile(file: string): Promise<Answer> {
  const format = extname(file).toLowerCase();
  if (format !== '.csv' && format !== '.json')
    throw new UsageError(`Expected a .csv or .json file, but it is ${file}.`);
  const found = readPeople(readText(file), format === '.csv' ? 'csv' : 'json');
  if (!found.ok) return refused(found.findings);
  return withRegister((register) => add(register, found.people));
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason =
      error instanceof TypeError ? 'it is not UTF-8 (in a spreadsheet: save as "CSV UTF-8")' : String(error);
    throw new UsageError(`Expected to read ${file}, but ${reason}.`);
  }
}

async function add(register: PeopleRegister, people: readonly NewPerson[]): Promise<Answer> {
  const { known } = await register.add(people);
  if (known.length > 0) {
    const lines = known.map(
      (id) => `✗ ${id}: Expected somebody new, but a person of that login name is known already.`,
    );
    return { ok: false, lines: [...lines, nothingAdded(known.length)] };
  }
  const silent = people.filter(({ password }) => password === undefined).length;
  return { ok: true, lines: [`people: ${people.length} added, ${silent} of them without a password`] };
}

async function changePassword(id: string): Promise<Answer> {
  return withRegister(async (register) => {
    const names = await register.namesOf(id);
    if (!names)
      return { ok: false, lines: [`✗ Expected a person "${id}", but there is none.`, 'passwords: 0 changed'] };
    const password = await askNewSecret('Password');
    const weakness = weaknessOf(password, [id, ...names]);
    if (weakness) return { ok: false, lines: [`✗ ${weakness}`, 'passwords: 0 changed'] };
    await register.setPassword(id, password);
    return { ok: true, lines: ['passwords: 1 changed'] };
  });
}

function refused(findings: readonly EntryFinding[], only?: 1): Answer {
  const place = ({ row, field }: EntryFinding) =>
    [...(only ? [] : [`row ${row}`]), ...(field ? [field] : [])].join(', ');
  const lines = findings.map((finding) => `✗ ${[place(finding), finding.message].filter(Boolean).join(': ')}`);
  return { ok: false, lines: [...lines, nothingAdded(new Set(findings.map(({ row }) => row)).size)] };
}

function nothingAdded(wrong: number): string {
  return `people: 0 added, ${wrong} refused; nothing was changed`;
}

async function withRegister(work: (register: PeopleRegister) => Promise<Answer>): Promise<Answer> {
  const connected = await connectBeside(readSettings(process.env), (line) => console.log(`· ${line}`));
  try {
    return await work(createPeopleRegister(connected.database, demoHospital.id));
  } finally {
    await connected.close();
  }
}

try {
  const { ok, lines } = await run(process.argv.slice(2));
  for (const line of lines) console.log(line);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  const known = error instanceof UsageError || error instanceof CannotStart;
  console.error(known ? `✗ ${error.message}` : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
