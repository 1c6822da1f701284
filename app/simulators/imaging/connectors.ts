import { z } from 'zod';
import type { Instant } from '../../../engine/index.ts';
import { findExamItem } from '../../hospital/catalogue.ts';
import { changeBook, listBook } from '../book-store.ts';
import { done, refused, type SimulatedJob } from '../simulated-connector.ts';

const entry = z.object({
  orderNo: z.string(),
  patientId: z.string(),
  accessionNo: z.string(),
  studyUid: z.string(),
  modality: z.string(),
  items: z.array(z.string()),
  addedAt: z.string(),
  state: z.enum(['waiting', 'started', 'cancelled']),
  cancelledAt: z.string().nullable(),
});

type WorklistEntry = z.infer<typeof entry>;

/** The PACS worklist, one entry an order. */
export const worklistBook = {
  name: 'pacs-worklist',
  schema: entry.nullable(),
  empty: (): WorklistEntry | null => null,
};

const counter = { name: 'accession-sequence', schema: z.int(), empty: (): number => 0 };

const addInput = z.object({
  orderNo: z.string().min(1),
  patientId: z.string().min(1),
  items: z.array(z.object({ code: z.string() })).min(1),
  modality: z.string().nullish(),
});

/** Root of the demo's study identifiers: the prefix for identifiers derived from UUIDs, with an invented number. */
const uidRoot = '2.25.999';

/** Puts an order on the worklist of its modality. */
export const worklistAddJob: SimulatedJob<z.infer<typeof addInput>> = {
  jobType: 'pacs.worklist-add',
  delivery: 'idempotent',
  input: addInput,
  errors: ['modality-down'],
  async perform({ orderNo, patientId, items, modality }, { at }, context) {
    const number = await changeBook(context.store, counter, 'all', (last) => ({
      document: last + 1,
      answer: last + 1,
    }));
    const fresh: WorklistEntry = {
      orderNo,
      patientId,
      accessionNo: `ACC${String(number).padStart(8, '0')}`,
      studyUid: `${uidRoot}.${number}.1`,
      modality: modality ?? findExamItem(items[0]?.code ?? '')?.modality ?? 'OT',
      items: items.map(({ code }) => code),
      addedAt: at,
      state: 'waiting',
      cancelledAt: null,
    };
    const added = await changeBook(context.store, worklistBook, orderNo, (known) => {
      const document = known && known.state !== 'cancelled' ? { ...known, items: fresh.items } : fresh;
      return { document, answer: document };
    });
    return done({
      worklist: {
        accessionNo: added.accessionNo,
        studyUid: added.studyUid,
        modality: added.modality,
        addedAt: added.addedAt,
      },
    });
  },
};

const cancelInput = z
  .object({ orderNo: z.string().nullish(), accessionNo: z.string().nullish() })
  .refine(({ orderNo, accessionNo }) => Boolean(orderNo ?? accessionNo), 'expected orderNo or accessionNo');

/** Takes an order off the worklist; an order that was never on it is fine. */
export const worklistCancelJob: SimulatedJob<z.infer<typeof cancelInput>> = {
  jobType: 'pacs.worklist-cancel',
  delivery: 'idempotent',
  input: cancelInput,
  errors: ['already-started'],
  async perform({ orderNo, accessionNo }, { at }, context) {
    const entries = await listBook(context.store, worklistBook);
    const found = entries.find((one) => one !== null && (one.orderNo === orderNo || one.accessionNo === accessionNo));
    if (!found) return done({ worklistCancelled: { accessionNo: accessionNo ?? null, cancelledAt: at } });
    if (found.state === 'started')
      return refused('already-started', `Expected ${found.accessionNo} to wait, but it has started.`);
    await changeBook(context.store, worklistBook, found.orderNo, (one) => ({
      document: one && { ...one, state: 'cancelled' as const, cancelledAt: one.cancelledAt ?? at },
      answer: undefined,
    }));
    return done({ worklistCancelled: { accessionNo: found.accessionNo, cancelledAt: found.cancelledAt ?? at } });
  },
};

const slotSchema = z.object({
  slotId: z.string(),
  orderNo: z.string(),
  modality: z.string(),
  room: z.string(),
  startAt: z.string(),
  endAt: z.string(),
});

/** Booked slots of a modality's room, in order of booking. */
export const scheduleBook = {
  name: 'exam-schedule',
  schema: z.object({ modality: z.string(), last: z.int(), booked: z.array(slotSchema) }),
  empty: (modality: string): { modality: string; last: number; booked: z.infer<typeof slotSchema>[] } => ({
    modality,
    last: 0,
    booked: [],
  }),
};

const offerInput = z.object({
  orderNo: z.string().min(1),
  modality: z.string().min(1),
  notBefore: z.string().nullish(),
  priority: z.string().nullish(),
});

const rooms: Readonly<Record<string, string>> = { CT: 'CT-1', MR: 'MR-1', DR: 'DR-1', US: 'US-1', TX: 'TX-1' };
const slotMinutes = 20;
const leadMinutes = 30;

function instant(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The first free slot on the grid of 20 minutes; urgent orders without the usual lead time. */
function firstFree(booked: readonly { readonly startAt: string }[], from: number): number {
  const grid = slotMinutes * 60_000;
  const taken = new Set(booked.map(({ startAt }) => Date.parse(startAt)));
  let start = Math.ceil(from / grid) * grid;
  while (taken.has(start)) start += grid;
  return start;
}

/** Offers and books the next free slot of a modality. */
export const offerSlotJob: SimulatedJob<z.infer<typeof offerInput>> = {
  jobType: 'schedule.offer-slot',
  delivery: 'idempotent',
  input: offerInput,
  errors: ['no-slot'],
  async perform({ orderNo, modality, notBefore, priority }, { at }, context) {
    const lead = priority === 'stat' || priority === 'urgent' ? 0 : leadMinutes * 60_000;
    const from = Math.max(Date.parse(at) + lead, notBefore ? Date.parse(notBefore) : 0);
    const slot = await changeBook(context.store, scheduleBook, modality, (schedule) => {
      const known = schedule.booked.find((one) => one.orderNo === orderNo);
      if (known) return { document: schedule, answer: known };
      const start = firstFree(schedule.booked, from);
      const made = {
        slotId: `${modality}-${String(schedule.last + 1).padStart(5, '0')}`,
        orderNo,
        modality,
        room: rooms[modality] ?? `${modality}-1`,
        startAt: instant(start),
        endAt: instant(start + slotMinutes * 60_000),
      };
      return { document: { ...schedule, last: schedule.last + 1, booked: [...schedule.booked, made] }, answer: made };
    });
    const { orderNo: _orderNo, ...offered } = slot;
    return done({ slot: offered });
  },
};

const freeInput = z.object({ slotId: z.string().min(1) });

/** Frees a slot; one that is free already is fine. */
export const freeSlotJob: SimulatedJob<z.infer<typeof freeInput>> = {
  jobType: 'schedule.free-slot',
  delivery: 'idempotent',
  input: freeInput,
  errors: [],
  async perform({ slotId }, { at }, context) {
    const modality = slotId.split('-')[0] ?? '';
    await changeBook(context.store, scheduleBook, modality, (schedule) => ({
      document: { ...schedule, booked: schedule.booked.filter((one) => one.slotId !== slotId) },
      answer: undefined,
    }));
    return done({ slotFreed: { slotId, at } });
  },
};
