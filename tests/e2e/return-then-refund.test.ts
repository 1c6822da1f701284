import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { JsonObject } from '../../engine/index.ts';
import { type Hospital, openHospital } from './hospital.ts';
import { booksAgree } from './outside.ts';
import { beginPlay, caseOf, type Knowledge, playSteps, readScenario } from './play-scenario.ts';
import { expectSoundHistory } from './read-history.ts';
import { readOffScreen } from './read-off.ts';
import { openSale } from './till.ts';

/** A whole flow by many people; a busy machine may need long. */
const whole = { timeout: 600_000 };

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

/** At the counter the clerk finds the sale by the patient's number. */
const people: Knowledge = {
  atTask: readOffScreen,
  async atStart({ start, by, patient = '' }): Promise<JsonObject> {
    if (start !== 'return-then-refund') return {};
    return { sale: { saleNo: await openSale(await hospital.at(by), patient) } };
  },
};

/** Plays a scenario of the flow; kills the server after the steps named. Returns the last case. */
async function play(name: string, killAfter: readonly string[]): Promise<string> {
  onTestFailed(() => hospital.pictures(name));
  const played = await beginPlay(hospital, await readScenario('return-then-refund', name), people);
  await playSteps(played, killAfter);
  return caseOf(played, {});
}

test('a partly accepted return is taken back at the insurance, settled again and paid out', whole, async () => {
  const caseId = await play('02-partial-return-resettled', ['B6_TakeUp']);
  await expectSoundHistory(await hospital.at('au-lu'), caseId, ['朱敏', '李敏', '冯琳', '胡军', '林涛']);
  expect(await booksAgree(await hospital.at('sa-jiang'))).toBe(true);
  expect(await hospital.complaints()).toEqual([]);
});
