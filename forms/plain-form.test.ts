import { expect, test } from 'vitest';
import { type CompiledDefinition, compilePackage, type JsonObject, type ProcessPackage } from '../engine/index.ts';
import { createFormValidator } from './create-form-validator.ts';
import { plainStartForm, plainTaskForm } from './plain-form.ts';

const at = '2026-03-02T00:00:00.000Z';
const task = { elementId: 'write', name: 'Write' };

async function compiled(startForm = ''): Promise<CompiledDefinition> {
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:clinical="urn:meridian:clinical:1" targetNamespace="elsewhere">
    <process id="p" isExecutable="true">
      <startEvent id="s" ${startForm}/><sequenceFlow id="f1" sourceRef="s" targetRef="write"/>
      <userTask id="write" name="Write"/><sequenceFlow id="f2" sourceRef="write" targetRef="g"/>
      <exclusiveGateway id="g" default="f4"/>
      <sequenceFlow id="f3" sourceRef="g" targetRef="write">
        <conditionExpression>=not(order.approved) and patient.age &lt; 90</conditionExpression></sequenceFlow>
      <sequenceFlow id="f4" sourceRef="g" targetRef="pay"/>
      <userTask id="pay" name="Pay"/><sequenceFlow id="f5" sourceRef="pay" targetRef="h"/>
      <exclusiveGateway id="h" default="f7"/>
      <sequenceFlow id="f6" sourceRef="h" targetRef="pay">
        <conditionExpression>=amount &gt; 100</conditionExpression></sequenceFlow>
      <sequenceFlow id="f7" sourceRef="h" targetRef="e"/><endEvent id="e"/>
    </process></definitions>`;
  const forms: ProcessPackage['forms'] = startForm === '' ? {} : { begin: { schema: { type: 'object' }, ui: {} } };
  const pkg = { key: 'elsewhere', title: { 'zh-CN': '外来', en: 'Elsewhere' }, bpmn, forms, decisions: {} };
  const { definition, findings } = await compilePackage(pkg);
  if (!definition) throw new Error(JSON.stringify(findings));
  return definition;
}

async function fieldsFor(known: JsonObject, elementId = 'write'): Promise<string[]> {
  const form = plainTaskForm({ definition: await compiled(), task: { ...task, elementId }, known });
  return Object.keys(form.schema.properties ?? {}).sort();
}

test('a plain form asks for what is not known, and again for what the next step decides by', async () => {
  expect(await fieldsFor({})).toEqual(['amount', 'order', 'patient', 'remark']);
  expect(await fieldsFor({ order: { approved: false }, amount: 5 })).toEqual(['order', 'patient', 'remark']);
  expect(await fieldsFor({ order: { approved: false }, amount: 5 }, 'pay')).toEqual(['amount', 'patient', 'remark']);
});

test('a known value that the field could not hold is not asked for, so that nobody overwrites it', async () => {
  const known = { patient: { age: 60, name: '张三' }, order: 'O-1' };
  expect(await fieldsFor(known)).toEqual(['amount', 'remark']);
});

test.each<[string, JsonObject, string[]]>([
  ['a wrong type', { order: { approved: 'maybe' } }, ['/order/approved']],
  ['a field nobody asked for', { role: 'admin' }, ['/role']],
  ['a member nobody asked for', { order: { approved: true, price: 1 } }, ['/order/price']],
  ['a value that is not theirs', { patient: { age: 3 } }, ['/patient']],
])('%s is refused by the same check as in drawn forms', async (_name, data, paths) => {
  const known = { patient: { age: 60, name: '张三' } };
  const form = plainTaskForm({ definition: await compiled(), task, known });
  const verdict = await createFormValidator().validate({ formKey: 'plain', form, data, input: {}, at });
  expect(verdict).toMatchObject({ ok: false, fields: paths.map((path) => ({ path })) });
});

test('a flow without forms is asked at its start for what it decides by, any other for nothing', async () => {
  expect(Object.keys(plainStartForm(await compiled()).schema.properties ?? {}).sort()).toEqual([
    ...['amount', 'order', 'patient', 'remark'],
  ]);
  const drawn = await compiled('clinical:startForm="begin"');
  expect(plainStartForm(drawn).schema.properties).toEqual({});
});
