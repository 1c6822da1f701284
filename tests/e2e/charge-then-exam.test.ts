import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { type Hospital, openHospital, readCase } from './hospital.ts';
import { beginPlay, caseOf, playSteps, readScenario } from './play-scenario.ts';
import { expectSoundHistory, readHistory } from './read-history.ts';

/** A whole flow by many people; a busy machine may need long. */
const whole = { timeout: 600_000 };

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

async function play(name: string): Promise<string> {
  onTestFailed(() => hospital.pictures(name));
  const scenario = await readScenario('charge-then-exam', name);
  const played = await beginPlay(hospital, scenario);
  await playSteps(played);
  return caseOf(played, {});
}

const doneOn = (id: string) => `.bpmn-diagram .case-done[data-element-id="${id}"]`;

test('an insured outpatient goes from order to signed report, and the auditor can follow it', whole, async () => {
  const caseId = await play('01-happy-path');
  const doctor = await hospital.at('dr-wang');
  await readCase(doctor, caseId);
  for (const id of ['A2_Charge', 'A4_Book', 'A7_Perform', 'A10_Review']) await doctor.locator(doneOn(id)).waitFor();
  expect(await doctor.locator(doneOn('A6_ContrastPrep')).count()).toBe(0);
  const actors = ['王建国', '马丽', '罗娟', '梁伟', '谢鹏', '宋雪', '韩冰'];
  await expectSoundHistory(await hospital.at('au-lu'), caseId, actors);
  expect(await hospital.complaints()).toEqual([]);
});

test('an order nobody pays for lapses', whole, async () => {
  await play('05-unpaid-expires');
  expect(await hospital.complaints()).toEqual([]);
});

test('the same way in English', whole, async () => {
  hospital.speak('en');
  const caseId = await play('01-happy-path');
  const history = await readHistory(await hospital.at('au-lu'), caseId);
  expect(history.marks.join(' ')).not.toContain('✗');
  expect(await hospital.complaints()).toEqual([]);
});
