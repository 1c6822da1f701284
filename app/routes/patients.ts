import type { ActionFunctionArgs } from '@remix-run/node';
import { problem } from '../problem.ts';
import { recordRead } from '../security/record-read.server.ts';
import { requirePerson } from '../security/require.server.ts';
import { optionalText } from '../server/form-fields.ts';
import { readPatient } from '../ui/patient.ts';

const mostFound = 12;

export function loader(): never {
  throw problem({ status: 405 });
}

/** Patients by a part of their name, pinyin or number. By POST: what is searched for stands in no address and no log. */
export async function action({ request, context }: ActionFunctionArgs) {
  requirePerson(context);
  const text = optionalText(await request.formData(), 'text', 40);
  if (text === undefined) return { patients: [] };
  const { services } = context;
  const query = { tenantId: services.tenantId, text, limit: mostFound, at: services.clock.now() };
  const patients = (await services.patients.search(query)).flatMap((one) => readPatient(one) ?? []);
  await recordRead(context, { screen: 'patient-search', patientIds: patients.flatMap((one) => one.patientId ?? []) });
  return { patients };
}
