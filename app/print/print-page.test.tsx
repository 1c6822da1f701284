import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Language } from '../../engine/index.ts';
import { createI18n } from '../i18n/create-i18n.ts';
import { languages } from '../i18n/language.ts';
import { serverPacks } from '../i18n/server-packs.server.ts';
import { readPatient } from '../ui/patient.ts';
import { barcodeOf } from './barcode.server.ts';
import { readCaseFacts } from './case-facts.ts';
import { numbersOn } from './has-content.ts';
import { makePaper } from './make-paper.ts';
import { type PrintKind, printKinds } from './print-kinds.ts';
import { PrintPage } from './print-page.tsx';

const hospitalName = { 'zh-CN': '示范医院', en: 'Demonstration Hospital' };
const now = '2026-03-02T00:00:00.000Z';
const patient = { patientId: 'P1', name: '陈静', sex: 'female', age: 66, ward: 'CARD-W1', bed: '12', allergies: [] };
const bottles: JsonObject = {
  orderNo: 'YZ1',
  dosesView: [
    { executionId: 'YZ1-1', dueAt: now, n: 1, total: 2 },
    { executionId: 'YZ1-2', dueAt: '2026-03-02T08:00:00.000Z', n: 2, total: 2 },
  ],
  labelFacts: { drug: '氯化钾', drugEn: 'Potassium', dose: '1 g', route: 'ivgtt', volumeMl: 500, highAlert: 'A' },
};

/** The page as the server answers it. */
function page(kind: PrintKind, facts: JsonObject, language: Language, counts = {}, who: unknown = patient): string {
  const paper = makePaper(kind, readCaseFacts(facts), readPatient(who));
  const barcodes = Object.fromEntries(
    numbersOn(paper)
      .map((text) => [text, barcodeOf(text) ?? ''])
      .filter(([, bars]) => bars),
  );
  const ids = { caseId: 'c1', taskId: 't1', item: undefined };
  const shown = { title: '', paper, ...ids, counts, barcodes, key: '0-0-0-0-0' as const, now, by: '刘芳' };
  const root = { hospitalName, names: { roles: {}, departments: {} }, demo: true };
  const routes = [{ id: 'root', path: '*', loader: () => root, element: <PrintPage shown={shown} /> }];
  const router = createMemoryRouter(routes, { hydrationData: { loaderData: { root } } });
  return renderToStaticMarkup(
    <I18nextProvider i18n={createI18n(language, serverPacks[language].texts)}>
      <RouterProvider router={router} />
    </I18nextProvider>,
  );
}

describe.each(languages)('in %s', (language) => {
  it.each(printKinds)('an empty %s says in words what is missing', (kind) => {
    const html = page(kind, {}, language, {}, undefined);
    expect(html).toContain('nothing');
    expect(html).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
    expect(html).toMatch(/<button[^>]*disabled/);
  });

  it('a high-alert bottle has a red border, its barcode, its point of time and hospital time', () => {
    const html = page('bottle-label', bottles, language);
    expect(html.match(/bottle-label high-alert/g)).toHaveLength(2);
    expect(html).toContain('aria-label="YZ1-2"');
    expect(html).toContain('1 / 2');
    expect(html).toContain('2026-03-02 16:00');
  });

  it('only the labels printed before are reprints', () => {
    expect(page('bottle-label', bottles, language)).not.toContain('补打 ');
    const html = page('bottle-label', bottles, language, { 'YZ1-2': 2 });
    expect(html.match(/class="reprint-mark"/g)).toHaveLength(1);
    expect(html).toMatch(/补打[^<]*3/);
  });
});

it.each(printKinds)(
  'a %s nests no block in a paragraph: the browser would take it apart and the page with it',
  (kind) => {
    for (const facts of [{}, bottles]) {
      const html = page(kind, facts, 'zh-CN', { 'YZ1-1': 1 });
      const paragraphs = html.split(/<p[ >]/).slice(1);
      for (const paragraph of paragraphs) expect(paragraph.split('</p>')).toHaveLength(2);
      for (const [, inside] of html.matchAll(/<p(?: [^>]*)?>(.*?)<\/p>/gs))
        expect(inside).not.toMatch(/<(div|p|ul|table|dl)\b/);
    }
  },
);

it('the card lists the bottles in order with room to sign', () => {
  const html = page('infusion-card', bottles, 'zh-CN');
  expect(html.indexOf('YZ1-1')).toBeLessThan(html.indexOf('YZ1-2'));
  expect(html.match(/<svg/g)).toHaveLength(3);
  for (const column of ['配药签名', '核对签名', '执行签名', '更换']) expect(html).toContain(column);
});

it('money is yuan, whatever the books count in', () => {
  const line = { lineId: '1', name: '胸部CT', unitPrice: 26000, qty: 1, amount: 26000 };
  expect(page('charge-list', { charge: { saleNo: 'S1', lines: [line] } }, 'zh-CN')).toContain('¥260.00');
});
