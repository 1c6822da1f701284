import { z } from 'zod';

const variables = z.record(z.string(), z.json());

const step = z.strictObject({
  start: z
    .object({ process: z.string(), variables: variables.optional(), secondary: z.boolean().optional() })
    .optional(),
  startByMessage: z.object({ name: z.string(), variables: variables.optional() }).optional(),
  signal: z.object({ name: z.string() }).optional(),
  message: z.object({ name: z.string(), expectNoReceiver: z.boolean().optional() }).optional(),
  completeTask: z.string().optional(),
  count: z.number().optional(),
  variables: variables.optional(),
  drainTasks: z.record(z.string(), z.number()).optional(),
  trigger: z.string().optional(),
  setVariables: variables.optional(),
  advanceTime: z.string().optional(),
  enableAdHocActivity: z.string().optional(),
  in: z.string().optional(),
  expectError: z.boolean().optional(),
  completeAdHoc: z.string().optional(),
  expectUserTasks: z.record(z.string(), z.number()).optional(),
  expectWaiting: z.record(z.string(), z.number()).optional(),
  expectNotActive: z.array(z.string()).optional(),
  expectEnded: z.boolean().optional(),
  expectVariables: variables.optional(),
});

const expectation = z.object({
  outcome: z.enum(['completed', 'waiting', 'error', 'uncaughtBpmnError', 'rejected', 'rejected-or-error']),
  ended: z.boolean().optional(),
  trace: z.object({ mode: z.literal('multiset'), tokens: z.array(z.string()) }).optional(),
  completedActivities: z
    .object({ mode: z.enum(['exact-among-listed', 'at-least']), counts: z.record(z.string(), z.number()) })
    .optional(),
  variables: variables.optional(),
});

const bpmnCase = z.object({
  id: z.string(),
  status: z.string(),
  title: z.string(),
  files: z.array(z.string()),
  process: z.string().optional(),
  expressions: z.record(z.string(), z.string()),
  scripts: z.string().optional(),
  steps: z.array(step),
  expect: expectation,
});

/** A case of the neutral form: files to deploy, steps to run, what must come of it. */
export type BpmnCase = z.infer<typeof bpmnCase>;
export type BpmnStep = BpmnCase['steps'][number];

/** Reads a case; what is wrong with it where it is none. */
export function parseCase(value: unknown): BpmnCase | { readonly unreadable: string } {
  const parsed = bpmnCase.safeParse(value);
  return parsed.success ? parsed.data : { unreadable: z.prettifyError(parsed.error) };
}
