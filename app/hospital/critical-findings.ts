/** A critical finding of imaging. Limits of laboratory values differ between hospitals and are a decision table of the flow. */
export type CriticalFinding = { readonly code: string; readonly name: string; readonly nameEn: string };

/** Imaging findings that must be told at once. */
export const criticalFindings: readonly CriticalFinding[] = [
  { code: 'intracranial-haemorrhage', name: '大量颅内出血', nameEn: 'Large intracranial haemorrhage' },
  { code: 'brain-herniation', name: '脑疝', nameEn: 'Brain herniation' },
  { code: 'tension-pneumothorax', name: '张力性气胸', nameEn: 'Tension pneumothorax' },
  { code: 'pulmonary-embolism', name: '肺动脉栓塞', nameEn: 'Pulmonary embolism' },
  { code: 'aortic-dissection', name: '急性主动脉夹层', nameEn: 'Acute aortic dissection' },
  { code: 'perforation', name: '消化道穿孔', nameEn: 'Gastrointestinal perforation' },
  { code: 'spinal-fracture-dislocation', name: '脊柱骨折伴脱位', nameEn: 'Spinal fracture with dislocation' },
];
