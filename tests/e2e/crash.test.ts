import { afterAll, beforeAll, onTestFailed, test } from 'vitest';
import { type Hospital, openHospital } from './hospital.ts';
import { beginPlay, playSteps, readScenario } from './play-scenario.ts';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

test('a case goes on where it was after the server was killed between two steps', { timeout: 600_000 }, async () => {
  onTestFailed(() => hospital.pictures('crash'));
  const played = await beginPlay(hospital, await readScenario('charge-then-exam', '01-happy-path'));
  await playSteps(played, ['start', 'A2_Charge', 'A5_CheckIn']);
});
