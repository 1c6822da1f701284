/** How an item is covered by basic insurance: 01 甲, 02 乙, 03 自费. */
export type PayClass = '01' | '02' | '03';

/** An examination or treatment on the price list. */
export type ExamItem = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** `TX` is a treatment course; its price is for one session. */
  readonly modality: 'CT' | 'MR' | 'DR' | 'US' | 'TX';
  /** Fen. */
  readonly unitPrice: number;
  readonly unit: string;
  readonly payClass: PayClass;
  /** The order must say which site. */
  readonly needsSite: boolean;
  /** Paired organ: the order must say which side. */
  readonly paired: boolean;
  readonly contrast: boolean;
  readonly bookable: boolean;
  readonly ionising: boolean;
  /** Reported within the longer limit for complex examinations. */
  readonly complex: boolean;
  /** Preparation instruction codes. */
  readonly prep: readonly Preparation[];
  /** Length of a booked slot. */
  readonly durationMinutes: number;
  readonly active: boolean;
};

/** What a patient must do before an examination. */
export type Preparation = 'fasting' | 'full-bladder' | 'stop-metformin' | 'remove-metal' | 'hydrate';

type Flag = 'site' | 'paired' | 'contrast' | 'walk-in' | 'complex' | 'inactive';

const ionisingModalities = new Set(['CT', 'DR']);

function item(
  code: string,
  name: string,
  nameEn: string,
  modality: ExamItem['modality'],
  yuan: number,
  payClass: PayClass,
  durationMinutes: number,
  flags: readonly Flag[] = [],
  prep: readonly Preparation[] = [],
): ExamItem {
  return {
    code,
    name,
    nameEn,
    modality,
    unitPrice: yuan * 100,
    unit: modality === 'TX' ? '次' : '部位',
    payClass,
    needsSite: flags.includes('site'),
    paired: flags.includes('paired'),
    contrast: flags.includes('contrast'),
    bookable: !flags.includes('walk-in'),
    ionising: ionisingModalities.has(modality),
    complex: flags.includes('complex'),
    prep,
    durationMinutes,
    active: !flags.includes('inactive'),
  };
}

/** The price list of examinations and treatments. Prices are invented. */
export const examItems: readonly ExamItem[] = [
  item('CT-HEAD', '头颅CT平扫', 'CT head, plain', 'CT', 220, '01', 10, [], ['remove-metal']),
  item('CT-CHEST', '胸部CT平扫', 'CT chest, plain', 'CT', 260, '01', 10),
  item(
    'CT-CHEST-C',
    '胸部CT增强',
    'CT chest, contrast',
    'CT',
    580,
    '02',
    20,
    ['contrast'],
    ['fasting', 'stop-metformin'],
  ),
  item('CT-ABDOMEN', '上腹部CT平扫', 'CT upper abdomen, plain', 'CT', 260, '01', 10, [], ['fasting']),
  item(
    'CT-ABDOMEN-C',
    '上腹部CT增强',
    'CT upper abdomen, contrast',
    'CT',
    620,
    '02',
    20,
    ['contrast'],
    ['fasting', 'stop-metformin'],
  ),
  item('CT-SINUS', '鼻窦CT平扫', 'CT paranasal sinuses, plain', 'CT', 230, '01', 10),
  item('CT-LSPINE', '腰椎CT平扫', 'CT lumbar spine, plain', 'CT', 260, '01', 10),
  item('CT-JOINT', '四肢关节CT平扫', 'CT joint, plain', 'CT', 240, '01', 10, ['site', 'paired']),
  item(
    'CTA-CORONARY',
    '冠状动脉CTA',
    'CT angiography, coronary',
    'CT',
    1180,
    '02',
    30,
    ['contrast', 'complex'],
    ['fasting', 'stop-metformin'],
  ),
  item(
    'CTA-PULMONARY',
    '肺动脉CTA',
    'CT angiography, pulmonary',
    'CT',
    1080,
    '02',
    30,
    ['contrast', 'complex'],
    ['fasting', 'stop-metformin'],
  ),
  item(
    'CTA-AORTA',
    '主动脉CTA',
    'CT angiography, aorta',
    'CT',
    1180,
    '02',
    30,
    ['contrast', 'complex'],
    ['fasting', 'stop-metformin'],
  ),
  item('MR-HEAD', '头颅MR平扫', 'MR head, plain', 'MR', 480, '02', 25, [], ['remove-metal']),
  item('MR-HEAD-C', '头颅MR增强', 'MR head, contrast', 'MR', 880, '02', 35, ['contrast'], ['remove-metal']),
  item('MR-CSPINE', '颈椎MR平扫', 'MR cervical spine, plain', 'MR', 480, '02', 25, [], ['remove-metal']),
  item('MR-LSPINE', '腰椎MR平扫', 'MR lumbar spine, plain', 'MR', 480, '02', 25, [], ['remove-metal']),
  item('MR-KNEE', '膝关节MR平扫', 'MR knee, plain', 'MR', 480, '02', 25, ['paired'], ['remove-metal']),
  item('MR-SHOULDER', '肩关节MR平扫', 'MR shoulder, plain', 'MR', 480, '02', 25, ['paired'], ['remove-metal']),
  item(
    'MR-LIVER-C',
    '肝脏MR增强',
    'MR liver, contrast',
    'MR',
    980,
    '02',
    40,
    ['contrast', 'complex'],
    ['fasting', 'remove-metal'],
  ),
  item(
    'MR-MRCP',
    '磁共振胰胆管成像',
    'MR cholangiopancreatography',
    'MR',
    620,
    '02',
    30,
    ['complex'],
    ['fasting', 'remove-metal'],
  ),
  item('DR-CHEST', '胸部正侧位DR', 'Chest X-ray, two views', 'DR', 90, '01', 5, ['walk-in']),
  item('DR-ABDOMEN', '腹部立位DR', 'Abdominal X-ray, upright', 'DR', 80, '01', 5, ['walk-in']),
  item('DR-HAND', '手正斜位DR', 'Hand X-ray', 'DR', 80, '01', 5, ['walk-in', 'paired']),
  item('DR-KNEE', '膝关节正侧位DR', 'Knee X-ray', 'DR', 80, '01', 5, ['walk-in', 'paired']),
  item('DR-FOOT', '足正斜位DR', 'Foot X-ray', 'DR', 80, '01', 5, ['walk-in', 'paired']),
  item('DR-SPINE', '脊柱DR', 'Spine X-ray', 'DR', 90, '01', 5, ['walk-in', 'site']),
  item('DR-PELVIS', '骨盆DR', 'Pelvis X-ray', 'DR', 80, '01', 5, ['walk-in']),
  item('DR-BEDSIDE', '床旁DR', 'Bedside X-ray', 'DR', 160, '02', 15, ['walk-in', 'site']),
  item('US-ABDOMEN', '腹部彩超', 'Ultrasound abdomen', 'US', 150, '01', 10, [], ['fasting']),
  item('US-UROLOGY', '泌尿系彩超', 'Ultrasound urinary tract', 'US', 130, '01', 10, [], ['full-bladder']),
  item('US-OBSTETRIC', '产科彩超', 'Ultrasound obstetric', 'US', 180, '02', 15, [], ['full-bladder']),
  item('US-HEART', '心脏彩超', 'Echocardiography', 'US', 240, '01', 15),
  item('US-THYROID', '甲状腺彩超', 'Ultrasound thyroid', 'US', 120, '01', 10),
  item('US-BREAST', '乳腺彩超', 'Ultrasound breast', 'US', 130, '01', 10, ['paired']),
  item('US-CAROTID', '颈动脉彩超', 'Ultrasound carotid arteries', 'US', 180, '01', 15, ['paired']),
  item('US-VEIN-LEG', '下肢静脉彩超', 'Ultrasound leg veins', 'US', 190, '01', 15, ['paired']),
  item('TX-REHAB', '心脏康复训练', 'Cardiac rehabilitation session', 'TX', 60, '02', 40),
  item('TX-NEBULISER', '雾化吸入治疗', 'Nebuliser treatment', 'TX', 15, '01', 15, ['walk-in']),
  item('TX-ACUPUNCTURE', '普通针刺治疗', 'Acupuncture session', 'TX', 40, '02', 30),
  item('CT-SCREEN-OLD', '低剂量胸部筛查（停用）', 'Low-dose chest screening (withdrawn)', 'CT', 199, '03', 10, [
    'inactive',
  ]),
  item('US-3D-FETAL', '四维胎儿成像', 'Fetal 4D imaging', 'US', 380, '03', 20, [], ['full-bladder']),
];
