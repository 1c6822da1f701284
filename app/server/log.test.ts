import { expect, it } from 'vitest';
import { createLog } from './log.ts';

it('logs where something failed, never with what', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const cause = Object.assign(new TypeError('bad value 青霉素 for P000001'), { code: '22P02' });
  log.failure(new Error('patient 张伟 not saved', { cause }), { doing: 'work' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('log.test');
  expect(lines[0]).toContain('22P02');
  expect(lines[0]).not.toMatch(/张伟|青霉素|P000001/);
});

it('says on each line what it belongs to', () => {
  const lines: string[] = [];
  let trace: string | undefined = 'a-trace';
  const log = createLog({ write: (line) => lines.push(line) }, () => ({ trace }));
  log.notice('begun', { jobs: 3 });
  trace = undefined;
  log.notice('ended');
  const [begun, ended] = lines.map((line) => JSON.parse(line));
  expect(begun).toMatchObject({ level: 30, msg: 'begun', jobs: 3, trace: 'a-trace' });
  expect(ended).not.toHaveProperty('trace');
});
