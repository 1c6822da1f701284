import { expect, test } from 'vitest';
import { findPatient } from '../hospital/patients.ts';
import { staff } from '../hospital/staff.ts';
import script from './morning-cases.json' with { type: 'json' };

test('the morning is played by people and with patients the demo hospital has', () => {
  const people = new Set(staff.map(({ id }) => id));
  const stepsBy = Object.values(script.tracks).flatMap(({ steps }) => steps.map(({ by }) => by));
  const named = [...script.cases.map(({ by }) => by), ...stepsBy];
  expect(named.filter((id) => !people.has(id))).toEqual([]);
  expect(script.cases.filter(({ patient }) => !findPatient(patient))).toEqual([]);
});

test('who has an exam this morning pays for it themselves, as the clerk writes down', () => {
  const insured = script.cases.filter(
    ({ track, patient }) => track === 'exam' && findPatient(patient)?.insurance !== 'self',
  );
  expect(insured).toEqual([]);
});
