import { expect, test } from 'vitest';
import { compiled, person } from '../../tests/spec/case-run.ts';
import { chain, element, extension, processOf } from '../../tests/spec/diagram.ts';
import { checkStaffing } from './check-staffing.ts';

const people = [
  person('ma', { roles: ['clerk'], onDuty: false }),
  person('gao', { roles: ['finance-head'], credentials: ['refund-approve'] }),
];

async function unstaffed(groups: string, eligibility = '', before = 'clerk') {
  const assignment = (roles: string) => `<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="${roles}" />`;
  const definition = await compiled(
    processOf(
      'p',
      element('startEvent', 'start'),
      element('userTask', 'First', extension(assignment(before))),
      element('userTask', 'Second', extension(assignment(groups), eligibility)),
      chain('start First Second'),
    ),
  );
  return checkStaffing(definition, people).map(({ elementId, params }) => `${elementId}: ${params?.wanted}`);
}

test('a task is staffed by whoever has its role, on duty now or not', async () => {
  expect(await unstaffed('clerk, finance-head')).toEqual([]);
  expect(await unstaffed('pharmacist')).toEqual(['Second: pharmacist']);
});

test('department and credentials count', async () => {
  expect(await unstaffed('finance-head', '<clinical:eligibility credentials="refund-approve" />')).toEqual([]);
  expect(await unstaffed('clerk', '<clinical:eligibility credentials="refund-approve" />')).toEqual([
    'Second: clerk, refund-approve',
  ]);
  expect(await unstaffed('clerk', '<clinical:eligibility department="ICU" />')).toEqual(['Second: clerk, ICU']);
});

test('nobody is left where the only one who may has done the step before', async () => {
  const apart = '<clinical:eligibility notActorOf="First" />';
  expect(await unstaffed('clerk', apart)).toEqual(['Second: clerk; ≠ First']);
  expect(await unstaffed('clerk', apart, 'clerk, finance-head')).toEqual([]);
});

test('roles that are computed are taken to fit', async () => {
  expect(await unstaffed('=[role]')).toEqual([]);
});
