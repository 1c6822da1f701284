/** An ordering frequency with the hospital's default times of day (Asia/Shanghai). The expansion rules are the flow's decision table. */
export type Frequency = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Times of day `HH:mm`; empty when the frequency has none of its own. */
  readonly times: readonly string[];
  readonly perDay: number | null;
  /** Days between two dosing days: 1 daily, 2 every other day. */
  readonly everyDays: number;
};

/** Frequencies a doctor may order by. */
export const frequencies: readonly Frequency[] = [
  { code: 'QD', name: '每日一次', nameEn: 'once daily', times: ['08:00'], perDay: 1, everyDays: 1 },
  { code: 'BID', name: '每日两次', nameEn: 'twice daily', times: ['08:00', '16:00'], perDay: 2, everyDays: 1 },
  {
    code: 'TID',
    name: '每日三次',
    nameEn: 'three times daily',
    times: ['08:00', '12:00', '16:00'],
    perDay: 3,
    everyDays: 1,
  },
  {
    code: 'QID',
    name: '每日四次',
    nameEn: 'four times daily',
    times: ['08:00', '12:00', '16:00', '20:00'],
    perDay: 4,
    everyDays: 1,
  },
  {
    code: 'Q6H',
    name: '每6小时一次',
    nameEn: 'every 6 hours',
    times: ['02:00', '08:00', '14:00', '20:00'],
    perDay: 4,
    everyDays: 1,
  },
  {
    code: 'Q8H',
    name: '每8小时一次',
    nameEn: 'every 8 hours',
    times: ['00:00', '08:00', '16:00'],
    perDay: 3,
    everyDays: 1,
  },
  { code: 'Q12H', name: '每12小时一次', nameEn: 'every 12 hours', times: ['08:00', '20:00'], perDay: 2, everyDays: 1 },
  { code: 'QN', name: '每晚一次', nameEn: 'every night', times: ['20:00'], perDay: 1, everyDays: 1 },
  { code: 'HS', name: '睡前', nameEn: 'at bedtime', times: ['21:00'], perDay: 1, everyDays: 1 },
  { code: 'QOD', name: '隔日一次', nameEn: 'every other day', times: ['08:00'], perDay: 0.5, everyDays: 2 },
  { code: 'Q3D', name: '每三日一次', nameEn: 'every three days', times: ['08:00'], perDay: null, everyDays: 3 },
  { code: 'QW', name: '每周一次', nameEn: 'weekly', times: ['08:00'], perDay: null, everyDays: 7 },
  { code: 'ST', name: '立即', nameEn: 'at once', times: [], perDay: 1, everyDays: 1 },
  { code: 'PRN', name: '必要时', nameEn: 'as needed', times: [], perDay: null, everyDays: 1 },
  {
    code: 'SOS',
    name: '需要时（限12小时一次）',
    nameEn: 'once if needed, within 12 hours',
    times: [],
    perDay: null,
    everyDays: 1,
  },
  { code: 'CONT', name: '持续', nameEn: 'continuous', times: [], perDay: null, everyDays: 1 },
];
