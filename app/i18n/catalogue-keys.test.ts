import { expect, it } from 'vitest';
import { byArea } from './catalogues-by-area.ts';

const texts = byArea(import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', { eager: true, import: 'default' }));
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../build/**'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

function has(key: string): boolean {
  const [area = '', path = ''] = key.split(':');
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
      texts[area],
    );
  return typeof found === 'string';
}

function missingIn(source: string): readonly string[] {
  const areas = [...source.matchAll(/useTranslation\('(\w+)'\)/g)].map(([, area = '']) => area);
  const asked = [...source.matchAll(/\bt\('([^'$]+)'/g)].map(([, key = '']) => key);
  return asked.filter((key) => {
    const full = key.includes(':') ? [key] : [...areas, 'shell'].map((area) => `${area}:${key}`);
    return !full.some((one) => has(one) || has(`${one}_other`));
  });
}

it('every text a screen asks for by name stands in the catalogues', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(
    Object.entries(sources).flatMap(([file, source]) => missingIn(source).map((key) => `${file}: ${key}`)),
  ).toEqual([]);
});
