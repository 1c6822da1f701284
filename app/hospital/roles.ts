/** A role people are assigned tasks by. */
export type Role = { readonly code: string; readonly name: string; readonly nameEn: string };

/** Every role code a process may name as a candidate group. */
export const roles: readonly Role[] = [
  { code: 'doctor', name: '医师', nameEn: 'Doctor' },
  { code: 'ed-doctor', name: '急诊医师', nameEn: 'Emergency doctor' },
  { code: 'resident', name: '住院医师', nameEn: 'Resident' },
  { code: 'nurse', name: '护士', nameEn: 'Nurse' },
  { code: 'head-nurse', name: '护士长', nameEn: 'Head nurse' },
  { code: 'green-coordinator', name: '绿色通道协调员', nameEn: 'Green-channel coordinator' },
  { code: 'clerk', name: '收费员', nameEn: 'Charge clerk' },
  { code: 'clerk-supervisor', name: '收费组长', nameEn: 'Clerk supervisor' },
  { code: 'finance-auditor', name: '财务稽核', nameEn: 'Finance auditor' },
  { code: 'finance-head', name: '财务科长', nameEn: 'Head of finance' },
  { code: 'imaging-desk', name: '登记预约', nameEn: 'Imaging desk' },
  { code: 'imaging-nurse', name: '影像护士', nameEn: 'Imaging nurse' },
  { code: 'technician', name: '技师', nameEn: 'Technician' },
  { code: 'lead-technician', name: '技师长', nameEn: 'Lead technician' },
  { code: 'report-doctor', name: '报告医师', nameEn: 'Reporting doctor' },
  { code: 'report-reviewer', name: '审核医师', nameEn: 'Report reviewer' },
  { code: 'pharmacist', name: '药师', nameEn: 'Pharmacist' },
  { code: 'dispenser', name: '调剂人员', nameEn: 'Dispenser' },
  { code: 'pharmacy-head', name: '药房负责人', nameEn: 'Head of pharmacy' },
  { code: 'pivas-pharmacist', name: '静配药师', nameEn: 'Admixture pharmacist' },
  { code: 'insurance-officer', name: '医保专员', nameEn: 'Insurance officer' },
  { code: 'hospital-leader', name: '院领导', nameEn: 'Hospital leader' },
  { code: 'medical-office', name: '医务处', nameEn: 'Medical office' },
  { code: 'social-worker', name: '社工', nameEn: 'Social worker' },
  { code: 'process-owner', name: '流程负责人', nameEn: 'Process owner' },
  { code: 'process-reviewer', name: '流程审核人', nameEn: 'Process reviewer' },
  { code: 'auditor', name: '审计', nameEn: 'Auditor' },
  { code: 'system-admin', name: '系统管理员', nameEn: 'System administrator' },
];
