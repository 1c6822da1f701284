import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { type Hospital, openHospital } from './hospital.ts';
import { beginPlay, caseOf, playSteps, readScenario } from './play-scenario.ts';
import { expectSoundHistory } from './read-history.ts';
import { readOffScreen } from './read-off.ts';

/** A whole flow by many people; a busy machine may need long. */
const whole = { timeout: 600_000 };

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

/** Plays a scenario of the flow; kills the server after the steps named. Returns the case. */
async function play(name: string, killAfter: readonly string[] = []): Promise<string> {
  onTestFailed(() => hospital.pictures(name));
  const scenario = await readScenario('order-verification', name);
  const played = await beginPlay(hospital, scenario, { atTask: readOffScreen });
  await playSteps(played, killAfter);
  return caseOf(played, {});
}

test('an inpatient order goes from writing to the last dose', whole, async () => {
  const caseId = await play('01-inpatient-bid', ['C8_Dispense']);
  await expectSoundHistory(await hospital.at('au-lu'), caseId, ['王建国', '董洁', '刘芳', '曹阳', '杨洁']);
  expect(await hospital.complaints()).toEqual([]);
});

test('a high-alert drug is checked twice by two people, and by nobody alone', whole, async () => {
  await play('06-high-alert-two-people');
  expect(await hospital.complaints()).toEqual([]);
});

test('a verbal order that is signed late is followed up and still signed', whole, async () => {
  const caseId = await play('10-verbal-late');
  await expectSoundHistory(await hospital.at('au-lu'), caseId, ['徐燕', '周强', '孙浩', '董洁', '曾毅']);
  expect(await hospital.complaints()).toEqual([]);
});
