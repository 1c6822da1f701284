import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newVisitor } from '../http/visitor.ts';
import { startTestDatabase } from '../postgres/test-database.ts';
import { launch, newDataFolder, ready, serversOf } from './launch.ts';

type Settings = Readonly<Record<string, string>>;

const password = 'seven purple herons';
const other = 'nine quiet lanterns';

/** Runs `npm run admin` to its end; gives the exit code and what it said, the summary last. */
async function admin(settings: Settings, args: readonly string[], input = '') {
  const ran = launch(settings, { command: ['npm', 'run', '--silent', 'admin', '--', ...args], input });
  const code = await ran.ended;
  const lines = ran.output().trim().split('\n');
  return { code, lines, summary: lines.at(-1) };
}

const create = (id: string) => ['create', '--id', id, '--name', '管理员', '--name-en', 'Administrator'];

async function logIn(address: string, loginName: string, secret: string) {
  const visitor = newVisitor(address);
  const answer = await visitor.post('/login', { loginName, password: secret });
  return { visitor, letIn: answer.status === 302 };
}

describe('the first administrator of a hospital', () => {
  it('is made before the first start, and can log in', async () => {
    const settings = { DATA_DIR: newDataFolder(), DEMO: 'off' };
    expect(await admin(settings, create('head-of-it'), `${password}\n`)).toMatchObject({
      code: 0,
      summary: 'people: 1 added, 0 of them without a password',
    });
    expect(serversOf(settings.DATA_DIR)).toEqual([]);
    const address = await ready(launch(settings));
    const { visitor, letIn } = await logIn(address, 'head-of-it', password);
    expect(letIn).toBe(true);
    expect((await visitor.ask('/flows')).status).toBe(200);
    expect((await logIn(address, 'head-of-it', other)).letIn).toBe(false);
  });

  it('is made on an external database', async () => {
    const database = await startTestDatabase();
    try {
      const settings = { DATABASE_URL: database.ownerUrl, DATA_DIR: newDataFolder() };
      expect(await admin(settings, create('head-of-it'), password)).toMatchObject({ code: 0 });
      const address = await ready(launch(settings));
      expect((await logIn(address, 'head-of-it', password)).letIn).toBe(true);
    } finally {
      await database.close();
    }
  });
});

describe('beside a running Meridian', () => {
  it('people are added all or none, and passwords changed', { timeout: 240_000 }, async () => {
    const settings = { DATA_DIR: newDataFolder(), DEMO: 'off' };
    const address = await ready(launch(settings));
    const run = (args: readonly string[], input?: string) => admin(settings, args, input);
    const nothing = { code: 1, summary: 'people: 0 added, 1 refused; nothing was changed' };

    expect(await run(create('sa-one'), 'administrator1')).toMatchObject(nothing);
    expect(await run(create('sa-one'), password)).toMatchObject({ code: 0 });
    expect(await run(create('sa-one'), password)).toMatchObject(nothing);

    const file = join(settings.DATA_DIR, 'people.csv');
    const header = 'id,name,department,roles,password';
    writeFileSync(file, `${header}\ndr-ai,艾,CARD,doctor,${password}\ndr-bo,薄,HEART,doctor,\n`);
    const refused = await run(['import', file]);
    expect(refused).toMatchObject(nothing);
    expect(refused.lines.join('\n')).toMatch(/row 3, department: Expected one of CARD/);
    expect((await logIn(address, 'dr-ai', password)).letIn).toBe(false);

    writeFileSync(file, `${header}\ndr-ai,艾,CARD,doctor,${password}\ndr-bo,薄,CARD,doctor,\n`);
    const added = { code: 0, summary: 'people: 2 added, 1 of them without a password' };
    expect(await run(['import', file])).toMatchObject(added);

    const { visitor, letIn } = await logIn(address, 'dr-ai', password);
    expect(letIn).toBe(true);
    expect(await run(['password', '--id', 'dr-ai'], other)).toMatchObject({ code: 0, summary: 'passwords: 1 changed' });
    expect((await visitor.ask('/inbox')).status).toBe(302);
    expect((await logIn(address, 'dr-ai', other)).letIn).toBe(true);
    expect(await run(['password', '--id', 'nobody'], other)).toMatchObject({ code: 1 });
  });
});

describe('a command that is not understood', () => {
  it.each([
    [['--help'], 0],
    [[], 2],
    [['create', '--id', 'x1'], 2],
    [['import', 'people.txt'], 2],
    [['--what'], 2],
  ] as const)('%j shows how it is used', async (args, code) => {
    const ran = await admin({ DATA_DIR: newDataFolder() }, args);
    expect(ran.code).toBe(code);
    expect(ran.lines.join('\n')).toMatch(/Usage: npm run admin|Expected a \.csv or \.json file/);
  });
});
