import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ProcessPackage } from '../../engine/index.ts';
import { translate } from '../i18n/translate.server.ts';
import { decisionsOf } from './decisions-of.server.ts';

const flow = fileURLToPath(new URL('../../processes/return-then-refund', import.meta.url));
const read = (file: string) => readFileSync(`${flow}/${file}`, 'utf8');
const tables = readdirSync(flow).filter((file) => file.endsWith('.dmn'));
const pkg: ProcessPackage = {
  ...{ key: 'return-then-refund', title: { 'zh-CN': '退药退费', en: 'Return' }, forms: {} },
  bpmn: read('return-then-refund.bpmn'),
  decisions: Object.fromEntries(tables.map((file) => [file, read(file)])),
};
const published = { package: pkg, hash: 'without-forms' };
const made = {
  type: 'DecisionMade',
  node: 'B5_Bands',
  decisionId: 'refund-approval-band',
  trace: [
    {
      ...{ decisionId: 'refund-approval-band', ruleIds: ['refund-approval-band_rule2', 'gone'] },
      ...{ inputs: { 收费员差错: true, 含现金退款: false }, outputs: ['clerk-supervisor'] },
    },
  ],
};

it('tells the decision, what it was asked in words, and the rules by their rows with their notes', async () => {
  const [shown, ...more] = await decisionsOf([made], published, new Map(), translate('en'));
  expect(more).toEqual([]);
  expect(shown).toMatchObject({
    name: '退费审批权限',
    description: expect.stringContaining('Refund approval bands'),
    inputs: [
      { label: '收费员差错', description: "Clerk's error", text: 'Yes' },
      { label: '含现金退款', description: 'Cash is refunded', text: 'No' },
    ],
    rules: [{ number: 2, note: '4.7 [V2] + [D]' }, { id: 'gone' }],
    answer: 'clerk-supervisor',
  });
});

it('tells nothing of other events', async () => {
  expect(await decisionsOf([{ type: 'TaskOpened' }, 'x', null], published, new Map(), translate('zh-CN'))).toEqual([]);
});
