import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import { useCallback } from 'react';
import { z } from 'zod';
import { openForEditing } from '../flows/draft-steps.server.ts';
import { FlowEditor } from '../flows/flow-editor.tsx';
import flowStyles from '../flows/flows.css?url';
import { FormPreview } from '../flows/form-preview.tsx';
import { requireEditor } from '../flows/require-editor.server.ts';
import { traceEvents } from '../flows/run-marks.ts';
import { shownFindings } from '../flows/shown-findings.ts';
import type { Step, StepAnswer } from '../flows/use-flow-draft.ts';
import modelerStyles from '../modeler/modeler.css?url';
import { problem } from '../problem.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLanguage } from '../ui/role-names.ts';
import { useRootData } from '../ui/root-data.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [
  { rel: 'stylesheet', href: flowStyles },
  { rel: 'stylesheet', href: modelerStyles },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  requireEditor(context);
  const opened = await openForEditing(context, params.key ?? '');
  if (!opened) throw problem({ status: 404 });
  const findings = await context.services.engine.check({ tenantId: context.services.tenantId, pkg: opened.pkg });
  return {
    title: opened.pkg.title[context.language],
    ...opened,
    shown: shownFindings(findings),
    clinicalModdle: context.services.clinicalModdle,
  };
}

const traceStepSchema = z.object({
  elementId: z.string(),
  flowId: z.string().optional(),
  event: z.enum(traceEvents).optional(),
  code: z.string().optional(),
  name: z.string().optional(),
  nameEn: z.string().optional(),
});

const answerSchema = z.object({
  status: z.number(),
  revision: z.number().optional(),
  hash: z.string().optional(),
  findings: z
    .array(
      z.object({
        rule: z.string(),
        severity: z.enum(['error', 'warning', 'info']),
        message: z.string(),
        elementId: z.string().optional(),
        path: z.string().optional(),
        params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        overridable: z.literal(true).optional(),
        trace: z.array(traceStepSchema).optional(),
      }),
    )
    .optional(),
  total: z.number().optional(),
  message: z.string().optional(),
  by: z.string().optional(),
});

export default function EditFlow() {
  const { pkg, revision, shown, clinicalModdle } = useLoaderData<typeof loader>();
  const language = useLanguage();
  const navigate = useNavigate();
  const csrf = useRootData()?.csrfToken ?? '';
  const ask = useCallback(
    async (step: Step): Promise<StepAnswer> => {
      const response = await fetch(`/flows/${pkg.key}/draft`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
        body: JSON.stringify(step),
      });
      const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
      return answer.success ? answer.data : { status: response.status };
    },
    [pkg.key, csrf],
  );
  return (
    <FlowEditor
      key={pkg.key}
      initial={{ pkg, revision, shown }}
      language={language}
      clinicalModdle={clinicalModdle}
      ask={ask}
      onSubmitted={() => navigate(`/flows/${pkg.key}`)}
      formPreview={(form) => <FormPreview form={form} />}
    />
  );
}
