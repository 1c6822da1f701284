import { expect, test } from 'vitest';
import { compilePackage } from '../compile/compile-package.ts';
import { allConditions, conditionsAhead } from './conditions-ahead.ts';
import type { CompiledDefinition } from './definition.ts';

async function compiled(process: string): Promise<CompiledDefinition> {
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="elsewhere">
    <process id="p" isExecutable="true">${process}</process></definitions>`;
  const { definition, findings } = await compilePackage({
    ...{ key: 'elsewhere', title: { 'zh-CN': '外来', en: 'Elsewhere' }, bpmn, forms: {}, decisions: {} },
  });
  if (!definition) throw new Error(JSON.stringify(findings));
  return definition;
}

const flow = (id: string, from: string, to: string, condition?: string) =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${
    condition ? `<conditionExpression>${condition}</conditionExpression>` : ''
  }</sequenceFlow>`;

/** As other engines write it. */
const foreign = `\${!approved}`;

const loop = `<startEvent id="s"/>${flow('f1', 's', 'write')}
  <userTask id="write" name="Write"/>${flow('f2', 'write', 'check')}
  <subProcess id="check" name="Check">
    <startEvent id="in"/>${flow('c1', 'in', 'many')}
    <exclusiveGateway id="many" default="c3"/>${flow('c2', 'many', 'read', '=pages &gt; 9')}${flow('c3', 'many', 'out')}
    <userTask id="read" name="Read"/>${flow('c4', 'read', 'out')}<endEvent id="out"/>
  </subProcess>${flow('f3', 'check', 'good')}
  <exclusiveGateway id="good" default="f5"/>${flow('f4', 'good', 'write', foreign)}${flow('f5', 'good', 'e')}
  <endEvent id="e"/>`;

test("a diagram's conditions are told as FEEL, those of other engines in translation", async () => {
  expect([...allConditions(await compiled(loop))].sort()).toEqual(['not(approved)', 'pages > 9']);
});

test('ahead of a task are the conditions up to the next one, into a sub-process and out of it', async () => {
  const definition = await compiled(loop);
  expect([...conditionsAhead(definition, 'write')].sort()).toEqual(['not(approved)', 'pages > 9']);
  expect(conditionsAhead(definition, 'read')).toEqual(['not(approved)']);
  expect(conditionsAhead(definition, 'check')).toEqual([]);
});
