import type { Finding } from '../ir/finding.ts';
import type { ProcessPackage } from '../ir/package.ts';
import { checkCalendar } from './check-calendar.ts';
import { compileOnce } from './compile-once.ts';
import type { EngineParts } from './engine-context.ts';
import type { FormValidator } from './ports.ts';
import { soundnessOnce } from './soundness-once.ts';

const kept = 100;
const formFindings = new WeakMap<FormValidator, Map<string, readonly Finding[]>>();

/** Everything that is to be said of a package: by the compiler, by the hospital's calendar, by the soundness check and by the form library. The same content is looked at once. */
export async function checkPackage(
  { forms, compile, proveSound, calendars }: Pick<EngineParts, 'forms' | 'compile' | 'proveSound' | 'calendars'>,
  pkg: ProcessPackage,
  hash: string,
): Promise<readonly Finding[]> {
  const { definition, findings } = await compileOnce(pkg, hash, compile);
  const soundness = definition && (await soundnessOnce(definition, proveSound));
  return [
    ...findings,
    ...(definition ? checkCalendar(definition, calendars) : []),
    ...(soundness?.findings ?? []),
    ...checkForms(forms, pkg, hash),
  ];
}

function checkForms(forms: FormValidator, pkg: ProcessPackage, hash: string): readonly Finding[] {
  const known = formFindings.get(forms) ?? new Map<string, readonly Finding[]>();
  formFindings.set(forms, known);
  const findings = known.get(hash) ?? forms.check?.(pkg) ?? [];
  if (known.size >= kept) known.clear();
  known.set(hash, findings);
  return findings;
}
