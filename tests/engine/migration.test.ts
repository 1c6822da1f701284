import { describe, expect, test } from 'vitest';
import { mappingOf, type ProcessPackage, verifyCase } from '../../engine/index.ts';
import { clerk, must, openEngine, person, tenantId } from './engine-under-test.ts';
import { crashBody, sampleFlow } from './sample-flow.ts';

const owner = person('po-lu', ['process-owner']);
/** The second version hands out before it asks for money, and lets nobody do both. */
const second = crashBody
  .replace('id="A2_Hand">', 'id="A2_Hand" name="Hand out">')
  .replace(/(A2_Hand".*?<zeebe:userTask\/>)/s, '$1<clinical:eligibility notActorOf="A1_Charge"/>');

async function onFirstVersion() {
  const opened = await openEngine(sampleFlow('sample', crashBody));
  const { caseId } = await opened.startCase();
  return { ...opened, caseId };
}

async function publishSecond({ engine }: Awaited<ReturnType<typeof onFirstVersion>>, pkg: ProcessPackage) {
  must(await engine.publish({ tenantId, by: clerk, pkg }));
  return must(await engine.proposeMigration({ tenantId, processKey: 'sample', from: 1, to: 2 }));
}

describe('a case moved to another version', () => {
  test('says in its history which version decides from where on, and replays across both', async () => {
    const opened = await onFirstVersion();
    const { engine, see, stores, parts, caseId } = opened;
    const { pairs } = await publishSecond(opened, sampleFlow('sample', second));
    const move = { tenantId, by: owner, key: 'm1', caseId, toVersion: 2, mapping: mappingOf(pairs), reason: 'mended' };
    must(await engine.migrateCase({ ...move, timers: 'keep' }));
    const { stored, view } = await see(caseId);
    expect(stored.definition).toMatchObject({ version: 2 });
    const [task] = view.tasks;
    must(await engine.complete({ tenantId, by: clerk, key: 'c1', caseId, taskId: task?.taskId ?? '', variables: {} }));
    const entries = await stores.cases.entries({ tenantId, caseId });
    expect(entries.map(({ header }) => [header.command.type, header.definition.version])).toEqual([
      ['StartCase', 1],
      ['MigrateCase', 2],
      ['CompleteTask', 2],
    ]);
    const after = (await see(caseId)).stored;
    const key = await parts.keyRing.open(tenantId, caseId, after.wrappedKey);
    expect(verifyCase({ entries, storedState: after.state, head: after.lastHash, key }).ok).toBe(true);
  });

  test('keeps duties apart that only the new version keeps apart', async () => {
    const opened = await onFirstVersion();
    const { engine, see, runAll, caseId } = opened;
    const [charge] = (await see(caseId)).view.tasks;
    must(
      await engine.complete({ tenantId, by: clerk, key: 'c1', caseId, taskId: charge?.taskId ?? '', variables: {} }),
    );
    const { pairs } = await publishSecond(opened, sampleFlow('sample', second));
    const move = { tenantId, by: owner, key: 'm1', caseId, toVersion: 2, mapping: mappingOf(pairs), reason: 'mended' };
    must(await engine.migrateCase({ ...move, timers: 'keep' }));
    const { stored } = await see(caseId);
    expect(JSON.parse(stored.state).actors).toEqual({ A1_Charge: ['clerk-ma'] });
    await runAll();
  });

  test('must be on another version of the same flow', async () => {
    const { engine, caseId } = await onFirstVersion();
    const move = { tenantId, by: owner, key: 'm1', caseId, mapping: {}, reason: 'mended', timers: 'keep' } as const;
    expect(await engine.migrateCase({ ...move, toVersion: 7 })).toMatchObject({
      rejection: { code: 'definition-not-found' },
    });
    expect(await engine.migrateCase({ ...move, key: 'm2', toVersion: 1 })).toMatchObject({
      rejection: { code: 'migration-refused', params: { reason: 'same-version' } },
    });
    expect(await engine.proposeMigration({ tenantId, processKey: 'sample', from: 1, to: 9 })).toMatchObject({
      ok: false,
    });
  });
});
