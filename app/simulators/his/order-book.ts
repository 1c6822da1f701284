import { z } from 'zod';

const orderSchema = z.object({
  orderNo: z.string(),
  status: z.string().nullable(),
  patientId: z.string().nullable(),
  at: z.string().nullable(),
  saleNo: z.string().nullable(),
  history: z.array(z.object({ status: z.string(), at: z.string() })),
});

/** Orders and what was told about them, by order number. */
export const orderBook = {
  name: 'his-orders',
  schema: orderSchema,
  empty: (orderNo: string): z.infer<typeof orderSchema> => ({
    orderNo,
    status: null,
    patientId: null,
    at: null,
    saleNo: null,
    history: [],
  }),
};
