import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { performStep, readStep } from '../flows/draft-steps.server.ts';
import { requireEditor } from '../flows/require-editor.server.ts';
import { shownFindings } from '../flows/shown-findings.ts';

/** The draft is looked at in the editor. */
export function loader({ context, params }: LoaderFunctionArgs): Response {
  requireEditor(context);
  return redirect(`/flows/${params.key}/edit`);
}

/** A step of the editor (check, save, submit), sent as JSON. The answer's status is the HTTP status. */
export async function action({ request, context, params }: ActionFunctionArgs): Promise<Response> {
  const person = requireEditor(context);
  const body: unknown = await request.json().catch(() => undefined);
  const step = readStep(body);
  if ('problem' in step) return Response.json({ status: 422, message: step.problem }, { status: 422 });
  if (step.pkg.key !== params.key) return Response.json({ status: 422, message: 'pkg.key' }, { status: 422 });
  const answer = await performStep(context, person, step);
  const shown = answer.findings && shownFindings(answer.findings);
  return Response.json({ ...answer, ...shown }, { status: answer.status });
}
