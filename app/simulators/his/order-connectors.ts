import { z } from 'zod';
import { changeBook, readBook } from '../book-store.ts';
import { optionalInput } from '../input.ts';
import { done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { orderBook } from './order-book.ts';
import { patientBook } from './patient-book.ts';
import { lineStates, saleBook } from './sale-book.ts';

const statusInput = z.object({
  orderNo: z.string().min(1),
  status: z.string().min(1),
  patientId: z.string().nullish(),
  saleNo: z.string().nullish(),
  lineStates: z
    .array(z.object({ lineId: z.string(), state: z.enum(lineStates), sessionsGiven: optionalInput(z.number()) }))
    .nullish(),
  order: z.object({ drugCode: z.string(), orderType: z.string(), freq: z.string() }).nullish(),
});

type StatusInput = z.infer<typeof statusInput>;

async function tellSale(input: StatusInput, at: string, context: SimulatorContext): Promise<void> {
  const { saleNo, lineStates: told } = input;
  if (!saleNo || !told) return;
  await changeBook(context.store, saleBook, saleNo, (sale) => ({
    document: sale && {
      ...sale,
      dispensedAt: told.some(({ state }) => state === 'dispensed') ? (sale.dispensedAt ?? at) : sale.dispensedAt,
      lines: sale.lines.map((line) => ({ ...line, ...told.find(({ lineId }) => lineId === line.lineId) })),
    },
    answer: undefined,
  }));
}

/** Keeps the list of active drug orders, which the duplicate check reads. */
async function tellPatientFile(input: StatusInput, context: SimulatorContext): Promise<void> {
  if (!input.patientId) return;
  const { orderNo, order } = input;
  await changeBook(context.store, patientBook, input.patientId, (file) => {
    const others = file.activeOrders.filter((active) => active.orderNo !== orderNo);
    const isActive = input.status === 'active' && order;
    return {
      document: { ...file, activeOrders: isActive ? [...others, { orderNo, ...order }] : others },
      answer: undefined,
    };
  });
}

/** Tells the hospital information system how far an order is. */
export const updateOrderStatusJob: SimulatedJob<StatusInput> = {
  jobType: 'his.update-order-status',
  delivery: 'idempotent',
  input: statusInput,
  errors: ['order-locked'],
  async perform(input, { at }, context) {
    const { orderNo, status } = input;
    await changeBook(context.store, orderBook, orderNo, (order) => ({
      document: {
        ...order,
        status,
        at,
        patientId: input.patientId ?? order.patientId,
        history: [...order.history, { status, at }],
      },
      answer: undefined,
    }));
    await tellSale(input, at, context);
    await tellPatientFile(input, context);
    return done({ orderStatus: { orderNo, status, at } });
  },
};

const findInput = z.object({ orderNo: z.string().min(1) });

/** Says what was last told about an order. */
export const findOrderJob: SimulatedJob<z.infer<typeof findInput>> = {
  jobType: 'his.find-order',
  delivery: 'idempotent',
  reads: true,
  input: findInput,
  errors: ['order-not-found'],
  async perform({ orderNo }, _delivery, context) {
    const { history: _history, saleNo: _saleNo, ...order } = await readBook(context.store, orderBook, orderNo);
    if (order.status === null)
      return refused('order-not-found', `Expected order ${orderNo} to be known, but it is not.`);
    return done({ order });
  },
};
