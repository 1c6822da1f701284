/**
 * Classes of records by how long the law has them kept, in years. Where it counts from the patient's last visit or discharge
 * (`fromLastVisit`), a later case of the same patient puts the end off.
 */
export const recordClasses = {
  'inpatient-record': {
    years: 30,
    fromLastVisit: true,
    basis: '医疗机构病历管理规定 (2013); 电子病历应用管理规范 (2017) art. 19',
  },
  'outpatient-record': {
    years: 15,
    fromLastVisit: true,
    basis: '医疗机构病历管理规定 (2013); 电子病历应用管理规范 (2017) art. 19',
  },
  prescription: {
    years: 1,
    fromLastVisit: false,
    basis: '处方管理办法 (2007) art. 50: ordinary, emergency, paediatric',
  },
  'prescription-psychotropic': {
    ...{ years: 2, fromLastVisit: false },
    basis: '处方管理办法 (2007) art. 50: toxic, second-class psychotropic',
  },
  'prescription-narcotic': {
    ...{ years: 3, fromLastVisit: false },
    basis: '处方管理办法 (2007) art. 50: narcotic, first-class psychotropic',
  },
  'privacy-assessment': { years: 3, fromLastVisit: false, basis: '个人信息保护法 art. 56' },
  /** A flow that names none: as long as an outpatient's record, since nothing says that it is no part of one. */
  general: { years: 15, fromLastVisit: true, basis: '医疗机构病历管理规定 (2013), as for an outpatient record' },
} as const satisfies Readonly<Record<string, RecordRule>>;

type RecordRule = { readonly years: number; readonly fromLastVisit: boolean; readonly basis: string };

/** A class of records, as `clinical:recordClass` names it. */
export type RecordClass = keyof typeof recordClasses;

/** The class of a process that names none. */
export const defaultRecordClass: RecordClass = 'general';

/** Whether a code is a class. */
export function isRecordClass(code: string): code is RecordClass {
  return Object.hasOwn(recordClasses, code);
}
