import { expect, test } from 'vitest';
import { chain, definitions, element, processOf } from '../../../tests/spec/diagram.ts';
import { recordClasses } from '../../ir/record-class.ts';
import { compilePackage } from '../compile-package.ts';

const flow = definitions(
  processOf('p', element('startEvent', 'start'), element('endEvent', 'end'), chain('start end')),
);

const compiled = (attribute: string) =>
  compilePackage({
    ...{ key: 'kept', title: { 'zh-CN': '保存', en: 'Kept' }, forms: {}, decisions: {} },
    bpmn: flow.replace('<bpmn:process ', `<bpmn:process ${attribute} `),
  });

test.each(Object.keys(recordClasses))('a process may be kept as %s', async (code) => {
  const { definition } = await compiled(`clinical:recordClass="${code}"`);
  expect(definition?.processes.p).toMatchObject({ recordClass: code });
});

test('a process need not say how long its records are kept', async () => {
  expect((await compiled('')).definition?.processes.p).not.toHaveProperty('recordClass');
});

test.each(['', 'forever', 'Prescription', 'toString'])('the class "%s" is refused at its attribute', async (code) => {
  const { definition, findings } = await compiled(`clinical:recordClass="${code}"`);
  expect(definition).toBeUndefined();
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'record-class',
      severity: 'error',
      elementId: 'p',
      path: 'clinical:recordClass',
      message: expect.stringMatching(
        /^Expected clinical:recordClass of p to be one of inpatient-record, .* but it is /,
      ),
      params: expect.objectContaining({ code }),
    }),
  );
});
