import { Decimal } from 'decimal.js';
import { findDrug } from '../../hospital/catalogue.ts';
import type { Drug } from '../../hospital/drug.ts';
import type { StaffMember } from '../../hospital/staff.ts';

/** A drug order as far as the rules read it. */
export type ScreenedOrder = {
  readonly orderNo?: string | null;
  readonly drugCode: string;
  readonly dose?: string | number | null;
  readonly route?: string | null;
  readonly freq?: string | null;
  readonly orderType?: string | null;
  readonly days?: number | null;
};

/** The patient as far as the rules read it. */
export type ScreenedPatient = {
  readonly sex?: string | null;
  readonly age?: number | null;
  readonly allergies: readonly { readonly code: string }[];
  readonly activeOrders: readonly { readonly orderNo: string; readonly drugCode: string; readonly orderType: string }[];
};

/** What a rule says. `block` stops the order, `warn` asks for a reason. */
export type Issue = {
  readonly rule: string;
  readonly severity: 'warn' | 'block';
  readonly drugCode: string;
  readonly message: { readonly 'zh-CN': string; readonly en: string };
};

/** Rules in the demo hospital: few hard stops, on purpose. Every limit is invented and belongs to the hospital's pharmacy. */
type Rule = (drug: Drug, order: ScreenedOrder, facts: Facts) => Issue | undefined;

type Facts = {
  readonly patient: ScreenedPatient;
  readonly prescriber?: StaffMember;
  readonly others: readonly ScreenedOrder[];
  readonly orderNo?: string;
};

function issue(rule: string, severity: Issue['severity'], drug: Drug, zh: string, en: string): Issue {
  return { rule, severity, drugCode: drug.code, message: { 'zh-CN': zh, en } };
}

const allergy: Rule = (drug, _order, { patient }) => {
  const names = new Set([drug.allergyGroup, drug.ingredient, drug.code]);
  if (!patient.allergies.some(({ code }) => names.has(code))) return undefined;
  return issue(
    'allergy',
    'block',
    drug,
    `患者对${drug.name}所属成分过敏`,
    `The patient is allergic to the ingredient group of ${drug.nameEn}`,
  );
};

const duplicate: Rule = (drug, order, { patient, others, orderNo }) => {
  if (order.orderType !== 'long-term') return undefined;
  const active = patient.activeOrders.filter((one) => one.orderNo !== orderNo && one.orderType === 'long-term');
  const same = (code: string) => findDrug(code)?.ingredient === drug.ingredient;
  if (!active.some(({ drugCode }) => same(drugCode)) && !others.some(({ drugCode }) => same(drugCode)))
    return undefined;
  return issue(
    'duplicate',
    'block',
    drug,
    `已有同成分长期医嘱：${drug.name}`,
    `A long-term order of the same ingredient is active: ${drug.nameEn}`,
  );
};

function decimal(value: string | number | null | undefined): Decimal | undefined {
  if (value === null || value === undefined || !/^\d+(\.\d+)?$/.test(String(value))) return undefined;
  return new Decimal(value);
}

const doseOverMax: Rule = (drug, order) => {
  const dose = decimal(order.dose);
  if (!dose?.gt(drug.hardMax)) return undefined;
  const limit = `${drug.hardMax} ${drug.doseUnit}`;
  return issue(
    'dose-over-max',
    'block',
    drug,
    `单次剂量超过上限 ${limit}`,
    `The dose is above the hard maximum of ${limit}`,
  );
};

const routeForm: Rule = (drug, order) => {
  if (!order.route || drug.routes.includes(order.route)) return undefined;
  const routes = drug.routes.join(', ');
  return issue(
    'route-form',
    'block',
    drug,
    `${drug.name}不能经此途径给药（可用：${routes}）`,
    `${drug.nameEn} cannot be given by this route (possible: ${routes})`,
  );
};

const sex: Rule = (drug, _order, { patient }) => {
  if (drug.onlySex === undefined || !patient.sex || patient.sex === drug.onlySex) return undefined;
  return issue('sex', 'block', drug, `${drug.name}与患者性别不符`, `${drug.nameEn} does not fit the patient's sex`);
};

const tierCredential: Readonly<Record<string, string>> = {
  restricted: 'antimicrobial-restricted',
  special: 'antimicrobial-special',
};

function neededCredential(drug: Drug): string | undefined {
  if (drug.drugClass === 'narcotic' || drug.drugClass === 'psychotropic-1') return 'prescribe-narcotic';
  return tierCredential[drug.antimicrobialTier];
}

const prescriberRight: Rule = (drug, _order, { prescriber }) => {
  const needed = neededCredential(drug);
  if (!prescriber || needed === undefined || prescriber.credentials.includes(needed)) return undefined;
  return issue(
    'prescriber-right',
    'block',
    drug,
    `开方医师无${drug.name}的处方权`,
    `The prescriber may not order ${drug.nameEn}`,
  );
};

const interactions: readonly (readonly [string, string])[] = [
  ['warfarin', 'aspirin'],
  ['warfarin', 'ibuprofen'],
  ['clopidogrel', 'omeprazole'],
  ['digoxin', 'amiodarone'],
  ['ceftriaxone', 'calcium'],
  ['aspirin', 'enoxaparin'],
];

const interaction: Rule = (drug, _order, { patient, others }) => {
  const codes = [...patient.activeOrders, ...others].map(({ drugCode }) => drugCode);
  const present = codes.flatMap((code) => findDrug(code)?.ingredient ?? []);
  const met = interactions.find(
    (pair) =>
      pair.includes(drug.ingredient) && pair.some((other) => other !== drug.ingredient && present.includes(other)),
  );
  if (!met) return undefined;
  return issue(
    'interaction',
    'warn',
    drug,
    `与在用药品存在相互作用（${met.join(' + ')}）`,
    `Interacts with a drug in use (${met.join(' + ')})`,
  );
};

const elderlyAge = 75;

const elderlyDose: Rule = (drug, order, { patient }) => {
  const dose = decimal(order.dose);
  if ((patient.age ?? 0) < elderlyAge || !dose?.gt(new Decimal(drug.hardMax).mul('0.75'))) return undefined;
  return issue('elderly-dose', 'warn', drug, '高龄患者剂量偏大', 'High dose for a patient of this age');
};

const usualDays = 7;

const qtyOverSevenDays: Rule = (drug, order) => {
  if ((order.days ?? 0) <= usualDays) return undefined;
  return issue(
    'qty-over-7-days',
    'warn',
    drug,
    '处方用量超过7日，需注明理由',
    'Supply for more than 7 days needs a reason',
  );
};

const rules: readonly Rule[] = [
  allergy,
  duplicate,
  doseOverMax,
  routeForm,
  sex,
  prescriberRight,
  interaction,
  elderlyDose,
  qtyOverSevenDays,
];

/** Applies every rule to every order. Orders of drugs that are not on the list are stopped. */
export function screenOrders(orders: readonly ScreenedOrder[], facts: Omit<Facts, 'others'>): readonly Issue[] {
  return orders.flatMap((order, position) => {
    const drug = findDrug(order.drugCode);
    if (!drug?.active) {
      const message = { 'zh-CN': '药品不在目录内或已停用', en: 'The drug is not on the list or was withdrawn' };
      return [{ rule: 'not-on-list', severity: 'block' as const, drugCode: order.drugCode, message }];
    }
    const others = orders.filter((_, other) => other !== position);
    return rules.flatMap((rule) => rule(drug, order, { ...facts, others }) ?? []);
  });
}
