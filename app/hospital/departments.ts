/** A department of the demo hospital. */
export type Department = { readonly code: string; readonly name: string; readonly nameEn: string };

/** The demo hospital itself. */
export const demoHospital = {
  id: '01900000-0000-7000-8000-000000000001',
  name: '示范医院',
  nameEn: 'Demonstration Hospital',
} as const;

/** Departments by the codes processes and tasks use. */
export const departments: readonly Department[] = [
  { code: 'CARD', name: '心内科', nameEn: 'Cardiology' },
  { code: 'RESP', name: '呼吸内科', nameEn: 'Respiratory Medicine' },
  { code: 'SURG', name: '普外科', nameEn: 'General Surgery' },
  { code: 'PED', name: '儿科', nameEn: 'Paediatrics' },
  { code: 'ED', name: '急诊科', nameEn: 'Emergency' },
  { code: 'RAD', name: '放射科', nameEn: 'Radiology' },
  { code: 'OPH', name: '门诊药房', nameEn: 'Outpatient Pharmacy' },
  { code: 'IPH', name: '住院药房', nameEn: 'Inpatient Pharmacy' },
  { code: 'PIVAS', name: '静配中心', nameEn: 'Admixture Centre' },
  { code: 'CASH', name: '收费处', nameEn: 'Charge Office' },
  { code: 'FIN', name: '财务科', nameEn: 'Finance' },
  { code: 'INS', name: '医保办', nameEn: 'Insurance Office' },
  { code: 'MED', name: '医务处', nameEn: 'Medical Affairs' },
  { code: 'DIR', name: '院办', nameEn: 'Hospital Office' },
  { code: 'IT', name: '信息科', nameEn: 'Information Technology' },
  { code: 'AUD', name: '审计科', nameEn: 'Audit' },
];
