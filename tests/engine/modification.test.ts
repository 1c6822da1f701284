import { expect, test } from 'vitest';
import { defaultChangePolicy, parseState, verifyCase } from '../../engine/index.ts';
import { must, openEngine, person, tenantId } from './engine-under-test.ts';
import { crashBody, sampleFlow } from './sample-flow.ts';

const owner = person('po-lu', ['process-owner']);

async function withCase() {
  const opened = await openEngine(sampleFlow('sample', crashBody));
  const { caseId } = await opened.startCase();
  const { stored } = await opened.see(caseId);
  const token = Number(Object.keys(parseState(stored.state).tokens)[0]);
  return { ...opened, caseId, operations: [{ kind: 'move-token', token, node: 'A2_Hand' }] as const };
}

test('a change is shown before it is made, and looking changes nothing', async () => {
  const { engine, see, caseId, operations } = await withCase();
  const { stored } = await see(caseId);
  const preview = must(await engine.previewModification({ tenantId, by: owner, caseId, operations }));
  expect(preview.closes.map(({ kind, elementId }) => `${kind} ${elementId}`)).toEqual([
    'token A1_Charge',
    'task A1_Charge',
  ]);
  expect(preview.opens.map(({ kind, elementId }) => `${kind} ${elementId}`)).toEqual(['token A2_Hand', 'task A2_Hand']);
  expect((await see(caseId)).stored).toEqual(stored);
});

test('a change is made once, by those who may, and its history proves the case', async () => {
  const { engine, see, stores, parts, caseId, operations } = await withCase();
  const request = { tenantId, key: 'm1', caseId, operations, reason: 'wrong way' };
  const nurse = person('nurse-liu', ['nurse']);
  expect(await engine.modifyCase({ ...request, by: nurse })).toMatchObject({ rejection: { code: 'not-eligible' } });
  const made = must(await engine.modifyCase({ ...request, by: owner }));
  expect(must(await engine.modifyCase({ ...request, by: owner }))).toEqual(made);
  const { view, stored } = await see(caseId);
  expect(view.tasks.map(({ elementId }) => elementId)).toEqual(['A2_Hand']);
  const entries = await stores.cases.entries({ tenantId, caseId });
  expect(entries.at(-1)?.header).toMatchObject({ command: { type: 'ModifyCase' }, actor: { id: 'po-lu' } });
  const key = await parts.keyRing.open(tenantId, caseId, stored.wrappedKey);
  expect(verifyCase({ entries, storedState: stored.state, head: stored.lastHash, key }).ok).toBe(true);
});

test('a hospital says itself who may', async () => {
  const changePolicy = { ...defaultChangePolicy, authority: { ...anyRole, roles: ['clerk'] } };
  const opened = await openEngine(sampleFlow('sample', crashBody), { parts: { changePolicy } });
  const { caseId } = await opened.startCase();
  const operations = [{ kind: 'place-token', node: 'A2_Hand' }] as const;
  const request = { tenantId, key: 'm1', caseId, operations, reason: 'wrong way' };
  expect(await opened.engine.modifyCase({ ...request, by: owner })).toMatchObject({
    rejection: { code: 'not-eligible' },
  });
  expect(must(await opened.engine.modifyCase({ ...request, by: person('clerk-ma') })).ended).toBe(false);
});

const anyRole = { credentials: [], onDuty: false, notActorOf: [], notPersons: [], override: 'never' } as const;
