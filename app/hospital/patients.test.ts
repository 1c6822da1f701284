import { describe, expect, it } from 'vitest';
import { findDrug, findExamItem } from './catalogue.ts';
import { generatePatients, patients, patientVariable } from './patients.ts';
import { pinnedPatients, pinnedSales } from './pinned.ts';

describe('invented patients', () => {
  it('are the same at every start', () => {
    expect(generatePatients({ count: 200, seed: 20260302 })).toEqual(patients);
  });

  it('differ with another seed, except for the pinned ones', () => {
    const others = generatePatients({ count: 200, seed: 7 });
    expect(others.slice(pinnedPatients.length)).not.toEqual(patients.slice(pinnedPatients.length));
    expect(others.slice(0, 20).map((patient) => patient.name)).toEqual(pinnedPatients.map((patient) => patient.name));
  });

  it('number 200, with ids in order and used once', () => {
    expect(patients).toHaveLength(200);
    expect(patients[0]?.patientId).toBe('P000001');
    expect(patients[199]?.patientId).toBe('P000200');
    expect(new Set(patients.map((patient) => patient.encounterNo)).size).toBe(200);
  });

  it('carry no number that could be a real one', () => {
    const text = JSON.stringify(patients.map((patient) => patientVariable(patient, '2026-03-02T00:00:00.000Z')));
    expect(text).not.toMatch(/\d{17}[\dXx]/); // identity card
    expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/); // mobile phone
    for (const patient of patients) {
      if (patient.psnNo !== undefined) expect(patient.psnNo).toMatch(/^TEST-PSN-\d{6}$/);
    }
  });

  it('have the age of the case variable at any date', () => {
    const first = patients[0];
    if (!first) throw new Error('no patient');
    for (const at of ['2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.000Z', '2031-06-15T12:00:00.000Z']) {
      const variable = patientVariable(first, at);
      const birth = String(variable.birthDate);
      const day = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
      const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
      expect(years).toBe(first.ageYears);
    }
  });
});

describe('pinned sales', () => {
  it('name known patients and items', () => {
    for (const sale of pinnedSales) {
      expect(patients.some((patient) => patient.patientId === sale.patientId)).toBe(true);
      for (const item of sale.items) expect(findDrug(item.code) ?? findExamItem(item.code)).toBeDefined();
    }
  });
});
