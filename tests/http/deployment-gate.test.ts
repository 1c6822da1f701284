import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { badDecisions } from '../gate/bad-decisions.ts';
import { badDiagrams, goodDiagram } from '../gate/bad-diagrams.ts';
import { badExpressions } from '../gate/bad-expressions.ts';
import type { BadInput } from '../gate/bad-input.ts';
import { longestSilence } from './longest-silence.ts';
import { signedIn, type Visitor } from './visitor.ts';

let server: ServerProcess;
let owner: Visitor;

beforeAll(async () => {
  server = await startServer();
  owner = await signedIn(server.url, 'po-lu');
}, 120_000);
afterAll(() => server?.stop());

const key = 'gate';
const title = { 'zh-CN': '闸口', en: 'Gate' };

/** What the import says of a file: refused, or a draft and what is wrong with it. */
async function handIn({ bpmn = goodDiagram, dmn }: BadInput): Promise<{ status: number; text: string }> {
  const asText = typeof bpmn === 'string' && dmn === undefined ? undefined : bpmn;
  if (typeof asText === 'object') {
    const refused = await owner.upload('/flows/new.data', {
      ...{ key, titleZh: '闸口', titleEn: 'Gate' },
      file: new File([asText], 'x.bpmn'),
    });
    return { status: refused.status, text: await refused.text() };
  }
  const pkg = { key, title, bpmn, forms: {}, decisions: dmn === undefined ? {} : { rules: dmn } };
  const answer = await owner.postJson(`/flows/${key}/draft`, { step: 'check', revision: 0, pkg });
  return { status: answer.status, text: await answer.text() };
}

describe('the deployment gate of the running product', () => {
  it('refuses every bad input, serves everybody else meanwhile and keeps nothing', async () => {
    const inputs = [...badDiagrams(), ...badExpressions(), ...badDecisions()].filter(({ mayBeValid }) => !mayBeValid);
    const accepted: string[] = [];
    let slowest = 0;
    const silence = await longestSilence(server.url, async () => {
      for (const input of inputs) {
        const begun = performance.now();
        const { status, text } = await handIn(input);
        slowest = Math.max(slowest, performance.now() - begun);
        const refused = status === 200 ? text.includes('"severity":"error"') : status >= 400 && status < 500;
        if (!refused) accepted.push(`${input.name}: ${status}`);
      }
    });
    expect(accepted).toEqual([]);
    expect(inputs.length).toBeGreaterThanOrEqual(400);
    expect((await owner.ask(`/flows/${key}`)).status).toBe(404);
    expect(server.output()).not.toContain('unexpected failure');
    // Two seconds each on a machine of its own; here others may run beside.
    expect({ slowest: slowest < 10_000, silence: silence < 10_000 }).toEqual({ slowest: true, silence: true });
  }, 600_000);

  it('takes the good diagram still', async () => {
    const { status, text } = await handIn({ name: 'good' });
    expect(status).toBe(200);
    expect(text).not.toContain('"severity":"error"');
  });
});
