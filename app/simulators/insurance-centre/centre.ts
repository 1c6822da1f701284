import type { Instant } from '../../../engine/index.ts';
import { hospitalDay } from '../../hospital/roster.ts';
import type { Change } from '../book-store.ts';
import type { CentreSettlement, InsuredPerson } from './person-book.ts';
import { type InsuranceShares, insuranceShares } from './shares.ts';

/** The centre's answer: a value, or an error code and a sentence. */
export type CentreAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

type Step<T> = Change<InsuredPerson, CentreAnswer<T>>;

function refuse<T>(document: InsuredPerson, code: string, message: string): Step<T> {
  return { document, answer: { ok: false, code, message } };
}

function agree<T>(document: InsuredPerson, value: T): Step<T> {
  return { document, answer: { ok: true, value } };
}

type Upload = InsuredPerson['uploads'][number];

/** 2204: takes the lines of a bill. The same `uploadNo` again answers the same. */
export function uploadDetail(
  person: InsuredPerson,
  bill: Omit<Upload, 'chrgBchno'>,
): Step<{ chrgBchno: string; total: number; lineCount: number }> {
  if (!person.insured)
    return refuse(person, 'not-insured', `Expected an insured person, but ${person.psnNo} is unknown.`);
  const earlier = person.uploads.find((upload) => upload.uploadNo === bill.uploadNo && upload.saleNo === bill.saleNo);
  const upload = earlier ?? {
    ...bill,
    chrgBchno: `B${person.psnNo.slice(-6)}${String(person.uploads.length + 1).padStart(4, '0')}`,
  };
  const answer = {
    chrgBchno: upload.chrgBchno,
    total: upload.lines.reduce((sum, line) => sum + line.amount, 0),
    lineCount: upload.lines.length,
  };
  return agree(earlier ? person : { ...person, uploads: [...person.uploads, upload] }, answer);
}

/** 2206: says what 2207 would settle now; changes nothing. */
export function preSettle(person: InsuredPerson, chrgBchno: string): CentreAnswer<InsuranceShares> {
  if (!person.insured)
    return { ok: false, code: 'not-insured', message: `Expected an insured person, but ${person.psnNo} is unknown.` };
  const upload = person.uploads.find((candidate) => candidate.chrgBchno === chrgBchno);
  if (!upload)
    return {
      ok: false,
      code: 'upload-not-found',
      message: `Expected lines uploaded as ${chrgBchno}, but there are none.`,
    };
  return { ok: true, value: insuranceShares(upload.lines, person) };
}

/** 2207: settles an uploaded bill. The same message id again answers the same. */
export function settle(
  person: InsuredPerson,
  request: {
    readonly msgId: string;
    readonly chrgBchno: string;
    readonly mdtrtId: string;
    readonly saleNo: string;
    readonly at: Instant;
  },
): Step<CentreSettlement> {
  const earlier = person.settlements.find((settlement) => settlement.msgId === request.msgId);
  if (earlier) return agree(person, earlier);
  const shares = preSettle(person, request.chrgBchno);
  if (!shares.ok) return { document: person, answer: shares };
  const twice = person.settlements.find((one) => one.chrgBchno === request.chrgBchno && one.state === 'settled');
  if (twice)
    return refuse(
      person,
      'already-settled',
      `Expected an open bill, but ${request.chrgBchno} is settled as ${twice.setlId}.`,
    );
  const settlement: CentreSettlement = {
    ...shares.value,
    setlId: `SETL${person.psnNo.slice(-6)}${String(person.settlements.length + 1).padStart(4, '0')}`,
    msgId: request.msgId,
    saleNo: request.saleNo,
    mdtrtId: request.mdtrtId,
    chrgBchno: request.chrgBchno,
    settledAt: request.at,
    state: 'settled',
  };
  const document = { ...person, settlements: [...person.settlements, settlement] };
  return agree(charge(document, settlement, 1), settlement);
}

function charge(person: InsuredPerson, settlement: CentreSettlement, sign: 1 | -1): InsuredPerson {
  return {
    ...person,
    accountBalance: person.accountBalance - sign * settlement.acctPay,
    deductibleLeft: person.deductibleLeft - sign * settlement.deductibleUsed,
  };
}

function replace(person: InsuredPerson, settlement: CentreSettlement): InsuredPerson {
  return {
    ...person,
    settlements: person.settlements.map((one) => (one.setlId === settlement.setlId ? settlement : one)),
  };
}

/** When the month a bill was settled in closes: the 5th of the next month, 00:00 Asia/Shanghai. */
export function monthCloses(settledAt: Instant): Instant {
  const [year = 0, month = 1] = hospitalDay(settledAt).split('-').map(Number);
  return new Date(Date.UTC(year, month, 5) - 8 * 3_600_000).toISOString();
}

/** 2208: takes a settlement back. Refused once its month is closed, unless booked as an adjustment of the running month. */
export function revoke(
  person: InsuredPerson,
  request: { readonly setlId: string; readonly key: string; readonly at: Instant; readonly adjustmentNo?: string },
): Step<CentreSettlement> {
  const settlement = person.settlements.find((candidate) => candidate.setlId === request.setlId);
  if (!settlement)
    return refuse(person, 'settlement-not-found', `Expected settlement ${request.setlId}, but it does not exist.`);
  if (settlement.state !== 'settled') {
    if (settlement.revokeKey === request.key) return agree(person, settlement);
    return refuse(
      person,
      'already-revoked',
      `Expected settlement ${request.setlId} to be in force, but it is ${settlement.state}.`,
    );
  }
  if (request.adjustmentNo === undefined && request.at >= monthCloses(settlement.settledAt)) {
    return refuse(
      person,
      'month-closed',
      `Expected the month of settlement ${request.setlId} to be open, but it is closed.`,
    );
  }
  const revoked: CentreSettlement = {
    ...settlement,
    state: 'revoked',
    revokeKey: request.key,
    revokedAt: request.at,
    ...(request.adjustmentNo === undefined ? {} : { adjustmentNo: request.adjustmentNo }),
  };
  return agree(charge(replace(person, revoked), settlement, -1), revoked);
}

/** What 2601 found: the settlement it undid or put back in force, if the message had arrived at all. */
export type Reversal = {
  readonly found: boolean;
  readonly settlement?: CentreSettlement;
  readonly reversedAt: Instant;
};

function noteReversal(person: InsuredPerson, omsgid: string, found: boolean, reversedAt: Instant): InsuredPerson {
  return { ...person, reversals: [...person.reversals, { omsgid, found, reversedAt }] };
}

/** 2601: undoes the message that got no answer: a 2207 is taken back, a 2208 leaves the bill settled again. */
export function reverseMessage(
  person: InsuredPerson,
  request: { readonly omsgid: string; readonly oinfno: '2207' | '2208'; readonly at: Instant },
): Step<Reversal> {
  const earlier = person.reversals.find((reversal) => reversal.omsgid === request.omsgid);
  const at = earlier?.reversedAt ?? request.at;
  const settlement = person.settlements.find((one) =>
    request.oinfno === '2207' ? one.msgId === request.omsgid : one.revokeKey === request.omsgid,
  );
  const from = request.oinfno === '2207' ? 'settled' : 'revoked';
  if (earlier) return agree(person, { found: earlier.found, reversedAt: at, ...(settlement ? { settlement } : {}) });
  if (settlement?.state !== from)
    return agree(noteReversal(person, request.omsgid, false, at), { found: false, reversedAt: at });
  const undone: CentreSettlement = { ...settlement, state: request.oinfno === '2207' ? 'reversed' : 'settled' };
  const document = charge(replace(person, undone), settlement, request.oinfno === '2207' ? -1 : 1);
  return agree(noteReversal(document, request.omsgid, true, at), { found: true, settlement: undone, reversedAt: at });
}
