import { describe, expect, test } from 'vitest';
import clinicalModdle from '../../engine/bpmn/clinical.json' with { type: 'json' };
import type { ProcessPackage } from '../../engine/index.ts';
import { blankPackage } from './blank-package.ts';
import { describeChanges } from './describe-changes.server.ts';

const base: ProcessPackage = {
  ...blankPackage(
    'bed-transfer',
    { 'zh-CN': '转床', en: 'Bed transfer' },
    { start: ['开始', 'Start'], task: ['申请', 'Request'], end: ['结束', 'End'] },
  ),
  forms: { request: { schema: { type: 'object', properties: { bed: { type: 'string', title: '床号' } } }, ui: {} } },
};

const changesTo = (after: ProcessPackage) => describeChanges(base, after, clinicalModdle);
const edited = (from: string, to: string): ProcessPackage => ({ ...base, bpmn: base.bpmn.replace(from, to) });

describe('what a reviewer is shown', () => {
  test('the same content has no changes', async () => {
    expect(await changesTo(base)).toEqual([]);
  });

  test('a renamed task is one change with its old and new name', async () => {
    const changes = await changesTo(edited('name="申请"', 'name="转床申请"'));
    expect(changes).toEqual([
      {
        what: 'element',
        kind: 'changed',
        id: 'Task_1',
        type: 'bpmn:UserTask',
        name: '转床申请',
        properties: [{ property: 'name', before: '申请', after: '转床申请' }],
      },
    ]);
  });

  test('who may do a task stands in extension elements and is shown', async () => {
    const [change] = await changesTo(edited('candidateGroups="doctor"', 'candidateGroups="nurse"'));
    expect(change?.id).toBe('Task_1');
    expect(change?.properties).toEqual([expect.objectContaining({ before: 'doctor', after: 'nurse' })]);
  });

  test('a retargeted flow is a change of the flow', async () => {
    const changes = await changesTo(
      edited('sourceRef="Start" targetRef="Task_1"', 'sourceRef="Start" targetRef="End"'),
    );
    expect(changes.map(({ id, properties }) => [id, properties])).toEqual([
      ['Flow_1', [{ property: 'targetRef', before: 'Task_1', after: 'End' }]],
    ]);
  });

  test('a moved shape is a change of the layout alone', async () => {
    expect((await changesTo(edited('x="260" y="80"', 'x="280" y="80"'))).map(({ what }) => what)).toEqual(['layout']);
  });

  test('a form changes field by field; a removed form is named', async () => {
    const form = { schema: { type: 'object', properties: { bed: { type: 'string', title: '目标床号' } } }, ui: {} };
    expect(await changesTo({ ...base, forms: { request: form } })).toEqual([
      {
        what: 'form',
        kind: 'changed',
        id: 'request',
        properties: [{ property: '/schema/properties/bed/title', before: '"床号"', after: '"目标床号"' }],
      },
    ]);
    expect((await changesTo({ ...base, forms: {} })).map(({ what, kind, id }) => [what, kind, id])).toEqual([
      ['form', 'removed', 'request'],
    ]);
  });
});
