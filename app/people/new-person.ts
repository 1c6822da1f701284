import { z } from 'zod';
import { departments } from '../hospital/departments.ts';
import { roles } from '../hospital/roles.ts';
import { weaknessOf } from './password-rule.ts';

/** Duty hours of a day, minutes since midnight in the hospital's zone. */
export type Hours = { readonly fromMinute: number; readonly toMinute: number };

/** Somebody to be entered. Without a password the person is in the directory but cannot log in. */
export type NewPerson = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly credentials: readonly string[];
  readonly hours: readonly Hours[];
  readonly password?: string;
};

/** What is wrong with an entry, and where. `row` is the line of a CSV file, or the entry's number in a JSON file. */
export type EntryFinding = { readonly row: number; readonly field?: string; readonly message: string };

const code = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longestName = 60;

const oneOf = (known: readonly { readonly code: string }[]) =>
  z.string().refine((value) => known.some((one) => one.code === value), {
    error: ({ input }) => `Expected one of ${known.map((one) => one.code).join(', ')}, but it is "${input}".`,
  });

const name = z
  .string('Expected a name.')
  .trim()
  .min(1, 'Expected a name, but it is empty.')
  .max(longestName, `Expected a name of at most ${longestName} characters.`);

const entry = z
  .strictObject({
    id: z
      .string('Expected a login name.')
      .regex(
        /^[a-z0-9][a-z0-9._-]{1,39}$/,
        'Expected a login name of 2 to 40 lower-case letters, digits, dots, hyphens or underscores.',
      ),
    name,
    nameEn: name.optional(),
    department: oneOf(departments),
    roles: z.array(oneOf(roles)).min(1, 'Expected at least one role.'),
    credentials: z
      .array(z.string().regex(code, 'Expected a credential of lower-case letters, digits and hyphens.'))
      .default([]),
    hours: z
      .array(z.string().transform(toHours))
      .min(1)
      .default([{ fromMinute: 0, toMinute: 1_440 }]),
    password: z.string().optional(),
  })
  .superRefine((person, context) => {
    const { id, name, nameEn = '', password } = person;
    const message = password === undefined ? undefined : weaknessOf(password, [id, name, nameEn]);
    if (message) context.addIssue({ code: 'custom', path: ['password'], message });
  });

/** Reads `08:00-20:00`. A shift over midnight is written as two. */
function toHours(text: string, context: z.RefinementCtx): Hours {
  const match = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(text);
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = match ? match.slice(1).map(Number) : [];
  const hours = { fromMinute: fromHour * 60 + fromPart, toMinute: toHour * 60 + toPart };
  if (!match || hours.fromMinute >= hours.toMinute || hours.toMinute > 1_440)
    context.addIssue({
      code: 'custom',
      message: `Expected duty hours like 08:00-20:00, a shift over midnight in two parts, but it is "${text}".`,
    });
  return hours;
}

/** Checks one entry; gives the person, or everything that is wrong with it. */
export function readPerson(value: unknown, row: number): NewPerson | readonly EntryFinding[] {
  const parsed = entry.safeParse(value);
  if (parsed.success) return { ...parsed.data, nameEn: parsed.data.nameEn ?? parsed.data.name };
  return parsed.error.issues.map((issue) => {
    const field = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.map(String)[0];
    const message = issue.code === 'unrecognized_keys' ? 'Expected only known fields.' : issue.message;
    return { row, ...(field !== undefined && { field }), message };
  });
}
