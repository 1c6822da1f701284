import { z } from 'zod';

const fileSchema = z.object({
  patientId: z.string(),
  /** Recorded while the demo runs, beside what the registration knows. */
  allergies: z.array(z.object({ code: z.string(), name: z.string(), source: z.string(), recordedAt: z.string() })),
  activeOrders: z.array(
    z.object({ orderNo: z.string(), drugCode: z.string(), orderType: z.string(), freq: z.string() }),
  ),
  deceasedAt: z.string().nullable(),
});

/** What the hospital information system came to know about a patient. */
export type PatientFile = z.infer<typeof fileSchema>;

/** Patient files, by patient. */
export const patientBook = {
  name: 'his-patients',
  schema: fileSchema,
  empty: (patientId: string): PatientFile => ({ patientId, allergies: [], activeOrders: [], deceasedAt: null }),
};
