import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../engine/index.ts';
import { BpmnDiagram } from '../diagram/bpmn-diagram.tsx';
import diagramStyles from '../diagram/diagram.css?url';
import { ChangesList } from '../flows/changes-list.tsx';
import { decideReview } from '../flows/decide-review.server.ts';
import { describeChanges } from '../flows/describe-changes.server.ts';
import { needsOverride, refuseReview } from '../flows/draft.ts';
import { FindingsList } from '../flows/findings-list.tsx';
import flowStyles from '../flows/flows.css?url';
import type { RunMarks } from '../flows/run-marks.ts';
import { shownFindings } from '../flows/shown-findings.ts';
import { TracePlayer } from '../flows/trace-player.tsx';
import { translate } from '../i18n/translate.server.ts';
import { problem } from '../problem.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { PostForm } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [
  { rel: 'stylesheet', href: flowStyles },
  { rel: 'stylesheet', href: diagramStyles },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const person = requireArea(context, 'flows');
  const { tenantId, drafts, readModels, engine, directory, clock, clinicalModdle } = context.services;
  const key = params.key ?? '';
  const t = translate(context.language);
  const draft = await drafts.find(tenantId, key);
  if (!draft) return { title: t('flows:list.review'), draft: undefined };
  const published = await readModels.getPackage({ tenantId, key });
  const submitter = await directory.person(tenantId, draft.submittedBy ?? draft.updatedBy, clock.now());
  return {
    title: t('flows:review.title', { title: draft.pkg.title[context.language] }),
    draft: {
      key,
      bpmn: draft.pkg.bpmn,
      hash: draft.hash,
      submittedBy: submitter?.name ?? draft.submittedBy ?? draft.updatedBy,
      first: published === undefined,
      changes: await describeChanges(published?.package, draft.pkg, clinicalModdle),
      shown: shownFindings(await engine.check({ tenantId, pkg: draft.pkg })),
      refusal: refuseReview(draft, person, draft.hash),
    },
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const person = requireArea(context, 'flows');
  const form = await request.formData();
  const [hash, comment, decision] = ['hash', 'comment', 'decision'].map((name) => form.get(name));
  const override = form.get('override');
  if (typeof hash !== 'string' || typeof comment !== 'string' || (decision !== 'approve' && decision !== 'return'))
    throw problem({ status: 422 });
  if (decision === 'return' && comment.trim() === '')
    return data({ refusal: 'comment-needed' as const, key: 'review.commentNeeded' }, { status: 422 });
  const answer = await decideReview(context, person, {
    key: params.key ?? '',
    hash,
    approve: decision === 'approve',
    comment: comment.trim().slice(0, 2000),
    override: typeof override === 'string' ? override.trim().slice(0, 2000) : '',
  });
  if ('refusal' in answer)
    return data({ refusal: answer.refusal, key: `review.refusal.${answer.refusal}` }, { status: answer.status });
  return data(answer, { status: answer.status });
}

export default function ReviewFlow() {
  const { title, draft } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation('flows');
  const busy = useNavigation().state !== 'idle';
  const [run, setRun] = useState<Finding>();
  const [marks, setMarks] = useState<RunMarks>({ classes: {} });
  const shown = useMemo(() => ({ classes: marks.classes, badges: {} }), [marks]);
  return (
    <>
      <h1>{title}</h1>
      <div aria-live="polite">
        {answer && 'key' in answer ? <Alert type="error" showIcon title={t(answer.key)} /> : null}
        {answer && 'message' in answer ? <Alert type="error" showIcon title={answer.message} /> : null}
        {answer && 'decision' in answer ? (
          <Alert
            type="success"
            showIcon
            title={
              answer.decision === 'approved' ? t('review.approved', { version: answer.version }) : t('review.returned')
            }
          />
        ) : null}
      </div>
      {draft ? (
        <div className="flow-view">
          <div>
            {run?.trace ? (
              <TracePlayer
                key={`${run.rule} ${run.elementId}`}
                finding={run}
                trace={run.trace}
                onStep={setMarks}
                onClose={() => setRun(undefined)}
              />
            ) : null}
            <BpmnDiagram xml={draft.bpmn} label={t('view.canvas')} marks={shown} reveal={marks.here} />
            <h2>{t('review.changes')}</h2>
            <ChangesList changes={draft.changes} first={draft.first} />
            <h2>{t('editor.findings')}</h2>
            <FindingsList shown={draft.shown} onPlay={setRun} />
          </div>
          <aside>
            <p>
              {t('review.submittedBy')} <strong>{draft.submittedBy}</strong>
            </p>
            <p>
              {t('review.content')} <code>{draft.hash.slice(0, 16)}</code>
            </p>
            {draft.refusal ? (
              <Alert type="info" showIcon title={t(`review.refusal.${draft.refusal}`)} />
            ) : (
              <PostForm className="plain-form">
                <input type="hidden" name="hash" value={draft.hash} />
                <label htmlFor="comment">{t('review.comment')}</label>
                <textarea id="comment" name="comment" className="plain-input" rows={4} maxLength={2000} />
                {needsOverride(draft.shown.findings) ? (
                  <>
                    <Alert type="warning" showIcon title={t('review.overrideNeeded')} />
                    <label htmlFor="override">{t('review.overrideReason')}</label>
                    <textarea id="override" name="override" className="plain-input" rows={3} maxLength={2000} />
                  </>
                ) : null}
                <Button type="primary" htmlType="submit" name="decision" value="approve" disabled={busy}>
                  {t('review.approve')}
                </Button>
                <Button htmlType="submit" name="decision" value="return" disabled={busy}>
                  {t('review.return')}
                </Button>
              </PostForm>
            )}
          </aside>
        </div>
      ) : (
        <p>
          {t('review.nothing')} <Link to="/flows">{t('title')}</Link>
        </p>
      )}
    </>
  );
}
