import { z } from 'zod';
import { findDrug } from '../../hospital/catalogue.ts';
import { findPatient } from '../../hospital/patients.ts';
import { staff } from '../../hospital/staff.ts';
import { changeBook, readBook } from '../book-store.ts';
import { patientBook } from '../his/patient-book.ts';
import { done, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { screenOrders } from './screen-order.ts';

const order = z.object({
  drugCode: z.string(),
  dose: z.union([z.string(), z.number()]).nullish(),
  route: z.string().nullish(),
  freq: z.string().nullish(),
  orderType: z.string().nullish(),
  days: z.number().nullish(),
});

const allergies = z.array(z.object({ code: z.string() }));

const screenInput = z
  .object({
    patient: z.object({
      patientId: z.string(),
      sex: z.string().nullish(),
      age: z.number().nullish(),
      allergies: allergies.nullish(),
    }),
    order: order.nullish(),
    orders: z.array(order).nullish(),
    orderNo: z.string().nullish(),
    prescriberId: z.string().nullish(),
  })
  .refine((input) => Boolean(input.order) || (input.orders?.length ?? 0) > 0, 'expected order or orders');

type ScreenInput = z.infer<typeof screenInput>;

async function patientFacts(input: ScreenInput, context: SimulatorContext) {
  const { patient } = input;
  const file = await readBook(context.store, patientBook, patient.patientId);
  const registered = findPatient(patient.patientId)?.allergies ?? [];
  return {
    sex: patient.sex ?? null,
    age: patient.age ?? null,
    allergies: [...(patient.allergies ?? []), ...registered, ...file.allergies],
    activeOrders: file.activeOrders,
  };
}

function drugFacts(code: string | undefined) {
  const drug = code === undefined ? undefined : findDrug(code);
  if (!drug) return null;
  const { traceGroup: _trace, unitPrice: _price, active: _active, payClass: _class, ...facts } = drug;
  return { ...facts, routes: [...drug.routes] };
}

function prescriberFacts(prescriberId: string | null | undefined) {
  const member = staff.find(({ id }) => id === prescriberId);
  if (!member) return null;
  return { id: member.id, trainee: member.roles.includes('resident'), credentials: [...member.credentials] };
}

/** Screens drug orders by the hospital's rules. A stop is an answer: the flow decides what follows. */
export const screenOrderJob: SimulatedJob<ScreenInput> = {
  jobType: 'rules.screen-order',
  delivery: 'idempotent',
  reads: true,
  input: screenInput,
  errors: [],
  async perform(input, _delivery, context) {
    const orders = input.orders?.length ? input.orders : input.order ? [input.order] : [];
    const prescriber = staff.find(({ id }) => id === input.prescriberId);
    const issues = screenOrders(orders, {
      patient: await patientFacts(input, context),
      ...(prescriber ? { prescriber } : {}),
      ...(input.orderNo ? { orderNo: input.orderNo } : {}),
    });
    const blocked = issues.some(({ severity }) => severity === 'block');
    const result = blocked ? 'block' : issues.length > 0 ? 'warn' : 'pass';
    return done({
      screening: {
        result,
        issues: issues.map((one) => ({ ...one, message: { ...one.message } })),
        drug: drugFacts(orders[0]?.drugCode),
        drugs: orders.map(({ drugCode }) => drugFacts(drugCode)),
        prescriber: prescriberFacts(input.prescriberId),
      },
    });
  },
};

const allergyInput = z.object({
  patientId: z.string().min(1),
  code: z.string().min(1),
  name: z.string().min(1),
  source: z.string().min(1),
  recordedBy: z.string().nullish(),
});

/** Records an allergy in the patient's file. */
export const recordAllergyJob: SimulatedJob<z.infer<typeof allergyInput>> = {
  jobType: 'allergy.record',
  delivery: 'idempotent',
  input: allergyInput,
  errors: [],
  async perform({ patientId, code, name, source }, { at }, context) {
    await changeBook(context.store, patientBook, patientId, (file) => {
      const known = file.allergies.some((one) => one.code === code);
      const allergiesNow = known ? file.allergies : [...file.allergies, { code, name, source, recordedAt: at }];
      return { document: { ...file, allergies: allergiesNow }, answer: undefined };
    });
    return done({ allergy: { patientId, code, name, recordedAt: at } });
  },
};

const eventInput = z.object({
  kind: z.string().min(1),
  patientId: z.string().nullish(),
  summary: z.string().nullish(),
  orderNo: z.string().nullish(),
});

const eventBook = {
  name: 'adverse-events',
  schema: z.array(eventInput.extend({ eventNo: z.string(), openedAt: z.string(), key: z.string() })),
  empty: (): (z.infer<typeof eventInput> & { eventNo: string; openedAt: string; key: string })[] => [],
};

/** Opens an adverse-event report. */
export const openAdverseEventJob: SimulatedJob<z.infer<typeof eventInput>> = {
  jobType: 'adverse-event.open',
  delivery: 'idempotent',
  input: eventInput,
  errors: [],
  async perform(input, { at, key }, context) {
    const event = await changeBook(context.store, eventBook, 'all', (events) => {
      const known = events.find((one) => one.key === key);
      const opened = known ?? {
        ...input,
        key,
        openedAt: at,
        eventNo: `AE${String(events.length + 1).padStart(5, '0')}`,
      };
      return { document: known ? events : [...events, opened], answer: opened };
    });
    return done({ adverseEvent: { eventNo: event.eventNo, kind: event.kind, openedAt: event.openedAt } });
  },
};
