import type { AppLoadContext } from '@remix-run/node';
import { z } from 'zod';
import type { Finding, Person, ProcessPackage } from '../../engine/index.ts';
import { isPublishable, processKeyPattern } from './draft.ts';
import { unstorableAt } from './storable.ts';
import { whyUnreadable } from './unreadable.ts';
import type { Step, StepAnswer } from './use-flow-draft.ts';

const jsonObject = z.record(z.string(), z.unknown());

/** A process package as the browser sends it. */
export const packageSchema = z.object({
  key: z.string().regex(processKeyPattern),
  title: z.object({ 'zh-CN': z.string().trim().min(1).max(80), en: z.string().trim().min(1).max(80) }),
  bpmn: z.string().max(5 * 1024 * 1024),
  forms: z.record(z.string().regex(/^[A-Za-z][\w-]{0,63}$/), z.object({ schema: jsonObject, ui: jsonObject })),
  decisions: z.record(z.string().min(1).max(120), z.string().max(1024 * 1024)),
});

const stepSchema = z.object({
  step: z.enum(['check', 'save', 'submit']),
  pkg: packageSchema,
  revision: z.number().int().min(0),
});

/**
 * Reads a step of the editor.
 * @returns the sentence about the first field that is wrong instead, when one is
 */
export function readStep(body: unknown): Step | { readonly problem: string } {
  const parsed = stepSchema.safeParse(body);
  if (parsed.success) return unstorable(body) ?? parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
}

/** The diagram has its own gate, which names the place in the file. */
function unstorable(body: unknown): { readonly problem: string } | undefined {
  const { pkg } = z.object({ pkg: z.looseObject({ bpmn: z.string() }) }).parse(body);
  const place = unstorableAt({ ...pkg, bpmn: '' });
  return place === undefined
    ? undefined
    : { problem: `pkg.${place}: Expected storable text and names, but it has others` };
}

async function nameOf(context: AppLoadContext, personId: string): Promise<string> {
  const { services } = context;
  return (await services.directory.person(services.tenantId, personId, services.clock.now()))?.name ?? personId;
}

/** Does one step of the editor: check, save, or save and hand in. What has errors is saved as a draft but never handed in. */
export async function performStep(context: AppLoadContext, person: Person, step: Step): Promise<StepAnswer> {
  const { services } = context;
  const findings = await services.engine.check({ tenantId: services.tenantId, pkg: step.pkg });
  if (step.step === 'check') return { status: 200, findings };
  const broken = whyUnreadable(findings, 'editor');
  if (broken) return { status: 422, findings, message: broken.message };
  return saveDraft(context, person, step, findings);
}

async function saveDraft(
  context: AppLoadContext,
  person: Person,
  step: Step,
  findings: readonly Finding[],
): Promise<StepAnswer> {
  const { tenantId, drafts, clock, packageHash } = context.services;
  const hash = packageHash(step.pkg);
  const saved = await drafts.save({
    tenantId,
    pkg: step.pkg,
    hash,
    revision: step.revision,
    by: person.id,
    at: clock.now(),
  });
  if (saved === 'conflict')
    return { status: 409, by: await nameOf(context, (await drafts.find(tenantId, step.pkg.key))?.updatedBy ?? '') };
  if (step.step === 'save') return { status: 200, revision: saved.revision, hash, findings };
  if (!isPublishable(findings))
    return {
      status: 422,
      revision: saved.revision,
      findings,
      message: findings.find((one) => one.severity === 'error' && !one.overridable)?.message,
    };
  const submitted = await drafts.submit({
    tenantId,
    key: step.pkg.key,
    revision: saved.revision,
    by: person.id,
    at: clock.now(),
  });
  if (submitted === 'conflict') return { status: 409, by: await nameOf(context, person.id) };
  return { status: 200, revision: submitted.revision, hash, findings };
}

/** What the editor opens: the draft, or the published version as the beginning of one. */
export async function openForEditing(
  context: AppLoadContext,
  key: string,
): Promise<{ pkg: ProcessPackage; revision: number } | undefined> {
  const { tenantId, drafts, readModels } = context.services;
  const draft = await drafts.find(tenantId, key);
  if (draft) return { pkg: draft.pkg, revision: draft.revision };
  const published = await readModels.getPackage({ tenantId, key });
  return published ? { pkg: published.package, revision: 0 } : undefined;
}
