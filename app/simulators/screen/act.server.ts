import { data } from '@remix-run/node';
import { z } from 'zod';
import type { JsonObject } from '../../../engine/index.ts';
import { problem } from '../../problem.ts';
import { optionalText, requireText } from '../../server/form-fields.ts';
import type { SimulatorDesk } from '../desk.server.ts';
import { faultSchema } from '../fault.ts';
import { outsideMessages } from './outside-messages.ts';

/** What came of a press; a code is a key of the catalogue `simulators`. */
export type SimulatorAnswer = { readonly done?: string; readonly refused?: string };

const json: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const longestPayload = 2_000;
const mostTimes = 100;

function refuse(code: string) {
  return data<SimulatorAnswer>({ refused: code }, { status: 422 });
}

async function inject(desk: SimulatorDesk, form: FormData) {
  const code = optionalText(form, 'code', 60);
  const times = Number(optionalText(form, 'times', 3) ?? '1');
  const fault = faultSchema.safeParse({
    connector: requireText(form, 'connector'),
    answer: requireText(form, 'answer'),
    times,
    ...(code === undefined ? {} : { code }),
    ...(form.get('query') === 'unavailable' ? { query: 'unavailable' } : {}),
  });
  if (!fault.success || times > mostTimes || !desk.jobTypes.includes(fault.data.connector))
    return refuse('wrong-fault');
  await desk.injectFault(fault.data);
  return data<SimulatorAnswer>({ done: 'injected' });
}

function readPayload(text: string): JsonObject | undefined {
  try {
    return json.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function publish(desk: SimulatorDesk, form: FormData) {
  const name = requireText(form, 'name');
  if (!outsideMessages.some((message) => message.name === name)) return refuse('wrong-message');
  const payload = readPayload(optionalText(form, 'payload', longestPayload) ?? '{}');
  if (!payload) return refuse('wrong-payload');
  await desk.publish({ name, key: requireText(form, 'key', 80).trim(), payload });
  return data<SimulatorAnswer>({ done: 'published' });
}

/** What a press on the simulators screen does. */
export async function actOnSimulators(desk: SimulatorDesk, form: FormData) {
  switch (form.get('intent')) {
    case 'inject':
      return inject(desk, form);
    case 'clear':
      await desk.clearFaults();
      return data<SimulatorAnswer>({ done: 'cleared' });
    case 'publish':
      return publish(desk, form);
    default:
      throw problem({ status: 422, code: 'field', params: { field: 'intent' } });
  }
}
