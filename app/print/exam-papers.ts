import { findExamItem } from '../hospital/catalogue.ts';
import { diagnoses } from '../hospital/diagnoses.ts';
import type { PatientFacts } from '../ui/patient.ts';
import type { CaseFacts } from './case-facts.ts';
import type { ExamRequest, GuideSlip, PrintedExam } from './paper.ts';

function examsOf(facts: CaseFacts): readonly PrintedExam[] {
  return facts.examItems.map(({ code, name, ...rest }) => {
    const known = findExamItem(code);
    return { ...rest, name: name || known?.name || code, nameEn: known?.nameEn };
  });
}

/** What the desk told the patient to do; before it did, what the ordered items need. */
function preparationsOf(facts: CaseFacts): readonly string[] {
  if (facts.booking) return facts.booking.prepInstruction;
  return [...new Set(facts.examItems.flatMap(({ code }) => findExamItem(code)?.prep ?? []))];
}

function head(facts: CaseFacts, patient: PatientFacts | undefined) {
  return { number: facts.orderNo, patient, subjects: [facts.orderNo], exams: examsOf(facts), priority: facts.priority };
}

/** 导诊单. */
export function guideSlip(facts: CaseFacts, patient: PatientFacts | undefined): GuideSlip {
  const { slotBooked, slot, offeredSlot } = facts;
  return {
    kind: 'guide-slip',
    ...head(facts, patient),
    slot: slot ?? offeredSlot,
    slotBooked,
    preparations: preparationsOf(facts),
  };
}

/** 检查申请单. */
export function examRequest(facts: CaseFacts, patient: PatientFacts | undefined): ExamRequest {
  const { clinicalSummary, purpose, contrast } = facts;
  const named = facts.diagnosis.map(
    (code) => diagnoses.find((one) => one.code === code) ?? { code, name: '', nameEn: undefined },
  );
  return { kind: 'exam-request', ...head(facts, patient), diagnoses: named, clinicalSummary, purpose, contrast };
}
