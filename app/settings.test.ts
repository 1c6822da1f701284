import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.server.ts';

describe('readSettings', () => {
  it('starts the embedded demonstration on a movable port when nothing is set', () => {
    const settings = readSettings({});
    expect(settings.port).toEqual({ number: 3000, mayMove: true });
    expect(settings.database).toEqual({ kind: 'embedded' });
    expect(settings.demo).toBe(true);
  });

  it('keeps a port that was asked for by name', () => {
    expect(readSettings({ PORT: '3000' }).port).toEqual({ number: 3000, mayMove: false });
  });

  it('calls the hospital by its name, in the other language too when it has one only', () => {
    expect(readSettings({}).hospitalName).toEqual({ 'zh-CN': '示范医院', en: 'Demonstration Hospital' });
    expect(readSettings({ DEMO: 'off' }).hospitalName).toEqual({ 'zh-CN': '医院', en: 'Hospital' });
    expect(readSettings({ HOSPITAL_NAME: '东湖医院' }).hospitalName).toEqual({ 'zh-CN': '东湖医院', en: '东湖医院' });
  });

  it.each([
    ['HOSPITAL_NAME', '院'.repeat(61)],
    ['PORT', 'http'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_URL', 'not a url'],
    ['DEMO', 'yes'],
    ['TRUSTED_PROXIES', 'all'],
    ['DELIVERY_TIMEOUT', '0'],
    ['ARCHIVE_AFTER_MONTHS', '0'],
    ['KEEP_YEARS', 'prescription'],
    ['KEEP_YEARS', 'forever=3'],
    ['KEEP_YEARS', 'general=20, inpatient-record=29'],
    ['HOST', 'a b'],
    ['NODE_ENV', 'prod'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`Expected setting ${name} to be `));
  });

  it('keeps records longer than the law where the hospital says so, and never shorter', () => {
    expect(readSettings({}).keptLonger).toEqual({});
    const { keptLonger } = readSettings({ KEEP_YEARS: 'prescription=5, general=20' });
    expect(keptLonger).toEqual({ prescription: 5, general: 20 });
    expect(() => readSettings({ KEEP_YEARS: 'prescription-narcotic=2' })).toThrow(
      /Expected setting KEEP_YEARS to be 3 to 200 years for prescription-narcotic/,
    );
  });

  it('names every wrong setting at once', () => {
    expect(() => readSettings({ PORT: 'x', DEMO: 'y' })).toThrow(/PORT[\s\S]*DEMO/);
  });

  it('does not repeat a database address, which may hold a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://u:secret@h/d' })).toThrow(/^(?![\s\S]*secret)/);
  });

  it('takes an empty value as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' }).port.mayMove).toBe(true);
  });

  it('refuses demo mode on an external database unless asked for by name', () => {
    const DATABASE_URL = 'postgres://u:p@h:5432/d';
    expect(readSettings({ DATABASE_URL }).demo).toBe(false);
    expect(() => readSettings({ DATABASE_URL, DEMO: 'demo' })).toThrow(/on-external-database/);
    expect(readSettings({ DATABASE_URL, DEMO: 'on-external-database' }).demo).toBe(true);
    expect(() => readSettings({ DEMO: 'on-external-database' })).toThrow(/DATABASE_URL/);
  });

  it('switches the demonstration off on the embedded database', () => {
    expect(readSettings({ DEMO: 'off' }).demo).toBe(false);
  });
});
