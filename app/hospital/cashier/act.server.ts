import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { Person } from '../../../engine/index.ts';
import { problem } from '../../problem.ts';
import { recordRead } from '../../security/record-read.server.ts';
import { optionalText } from '../../server/form-fields.ts';
import type { Sale } from '../../simulators/his/sale-book.ts';
import { findPatient } from '../patients.ts';
import { denominations, type TillResult } from '../till/shift.ts';
import { readYuan } from './yuan.ts';

/** A sale as the search shows it. */
export type FoundSale = {
  readonly saleNo: string;
  readonly soldAt: string | null;
  readonly patientName: string;
  readonly receiptNo: string | null;
  readonly total: number;
};

/** What came of a press on the cashier's page; a code is a key of the catalogue `cashier`. */
export type CashierAnswer = {
  readonly refused?: string;
  readonly found?: readonly FoundSale[];
  readonly text?: string;
};

const mostPieces = 9_999;
const mostFound = 20;
const longestNote = 300;

/**
 * Who stands at a till.
 * @throws a 403 answer for anybody else
 */
export function requireClerk(person: Person): Person {
  if (!person.roles.includes('clerk')) throw problem({ status: 403, code: 'role', roles: ['clerk'] });
  return person;
}

function answer(result: TillResult) {
  return result.ok ? redirect('/cashier') : data<CashierAnswer>({ refused: result.code }, { status: 422 });
}

async function open(context: AppLoadContext, person: Person, form: FormData) {
  const float = readYuan(optionalText(form, 'float') ?? '');
  if (float === undefined) return data<CashierAnswer>({ refused: 'wrong-amount' }, { status: 422 });
  const { hospital, clock } = context.services;
  return answer(await hospital.till.open({ clerkId: requireClerk(person).id, float, at: clock.now() }));
}

function readCount(form: FormData): Record<string, number> | undefined {
  const count: Record<string, number> = {};
  for (const denomination of denominations) {
    const text = optionalText(form, `count-${denomination}`) ?? '0';
    if (!/^\d{1,4}$/.test(text) || Number(text) > mostPieces) return undefined;
    if (Number(text) > 0) count[String(denomination)] = Number(text);
  }
  return count;
}

async function close(context: AppLoadContext, person: Person, form: FormData) {
  const count = readCount(form);
  if (!count) return data<CashierAnswer>({ refused: 'wrong-count' }, { status: 422 });
  const note = optionalText(form, 'note', longestNote) ?? '';
  const { hospital, clock } = context.services;
  const clerkId = requireClerk(person).id;
  const present = await hospital.till.openShiftOf(clerkId);
  const closed = await hospital.till.close({ clerkId, count, note, at: clock.now() });
  if (!closed.ok || !present) return answer(closed);
  return redirect(`/cashier/shifts/${present.shiftId}`);
}

function describe(sale: Sale): FoundSale {
  return {
    saleNo: sale.saleNo,
    soldAt: sale.soldAt,
    patientName: findPatient(sale.patientId)?.name ?? '',
    receiptNo: sale.receiptNo,
    total: sale.lines.reduce((sum, { amount }) => sum + amount, 0),
  };
}

async function find(context: AppLoadContext, form: FormData) {
  const text = optionalText(form, 'text', 80) ?? '';
  const sales = await context.services.hospital.sales.search(text, mostFound);
  const [only, ...others] = sales;
  if (only && others.length === 0) return redirect(`/cashier/sales/${encodeURIComponent(only.saleNo)}`);
  await recordRead(context, { screen: 'sale-search', patientIds: sales.map(({ patientId }) => patientId) });
  return data<CashierAnswer>({ found: sales.map(describe), text });
}

/** What a press on the cashier's page does: open a shift, close it by a count, find a sale. */
export async function actAtCashier(context: AppLoadContext, person: Person, form: FormData) {
  switch (form.get('intent')) {
    case 'open':
      return open(context, person, form);
    case 'close':
      return close(context, person, form);
    case 'find':
      return find(context, form);
    default:
      throw problem({ status: 422, code: 'field', params: { field: 'intent' } });
  }
}
