import { Link, useRevalidator } from '@remix-run/react';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useElementName } from '../../cases/shown-case.ts';
import { formatInstant } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { PostForm } from '../../ui/post-form.tsx';
import type { loadBatch } from './load-batch.server.ts';
import { type Refused, RefusedNotice } from './refused-notice.tsx';

type Shown = Awaited<ReturnType<typeof loadBatch>>;
type Note = NonNullable<Shown['items'][number]['why']>;

/** Milliseconds between two looks at a batch that is under way. */
const pace = 1_500;

/** A batch: how far it is, what is said of each case, what became of it, and what can be done with it. */
export function BatchPage({ shown, refused }: { readonly shown: Shown; readonly refused: Refused | undefined }) {
  const { t } = useTranslation('batches');
  const { batch } = shown;
  useLooks(batch.state === 'checking' || batch.state === 'running');
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t(`kind.${batch.work.kind}`)}</h1>
        <span className="tag">{t(`state.${batch.state}`)}</span>
        <span className="spring" />
        <Link to="/operations/batches">{t('all')}</Link>
      </div>
      <RefusedNotice refused={refused} />
      <Progress shown={shown} />
      <Cases shown={shown} />
    </div>
  );
}

function useLooks(underWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!underWay || state !== 'idle') return;
    const timer = setTimeout(revalidate, pace);
    return () => clearTimeout(timer);
  }, [underWay, state, revalidate]);
}

function Progress({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const { batch, releasedBy, withdrawnBy } = shown;
  const { counts, work, phase } = batch;
  const judged = counts.ok + counts.noted + counts.blocked;
  const toDo = counts.ok + counts.noted;
  const [value, max] = phase === 'run' ? [counts.done + counts.refused, toDo] : [judged, counts.total];
  return (
    <section className="panel" aria-labelledby="progress-title">
      <h2 id="progress-title">{t('batch.progress')}</h2>
      <p>
        {work.kind === 'migrate' && t('batch.versions', { flow: work.processKey, from: work.from, to: work.to })}{' '}
        <span className="muted">
          {t('batch.by', { name: batch.requestedBy.name, at: formatInstant(batch.requestedAt) })}
          {releasedBy && ` · ${t('batch.releasedBy', { name: releasedBy })}`}
          {withdrawnBy && ` · ${t('batch.withdrawnBy', { name: withdrawnBy })}`}
        </span>
      </p>
      <p className="muted">
        {t('reason')}: {batch.reason}
      </p>
      <p>
        <progress value={value} max={Math.max(1, max)} aria-labelledby="progress-title" />{' '}
        <span role="status">{t('batch.far', { value, max })}</span>
      </p>
      <p>{t('batch.counts', counts)}</p>
      <Actions shown={shown} toDo={toDo} />
    </section>
  );
}

function Actions({ shown, toDo }: { readonly shown: Shown; readonly toDo: number }) {
  const { t } = useTranslation('batches');
  const { batch, me } = shown;
  const { state, needsSecondPerson, requestedBy } = batch;
  const mine = requestedBy.id === me;
  const mayRelease = toDo > 0 && (state === 'checked' || state === 'waiting') && !(needsSecondPerson && mine);
  return (
    <>
      {needsSecondPerson && (state === 'checked' || state === 'waiting') && (
        <p className="notice warning">
          {t(mine ? 'batch.needsOther' : 'batch.youRelease', { count: toDo })}
          {mine && ` ${others(shown.others, t)}`}
        </p>
      )}
      {mayRelease && <Release kind={batch.work.kind} toDo={toDo} />}
      <PostForm className="form-actions">
        {(state === 'checking' || state === 'running') && <Step intent="stop" />}
        {state === 'stopped' && <Step intent="go-on" primary />}
        {state === 'checked' && needsSecondPerson && mine && toDo > 0 && <Step intent="ask-release" primary />}
        {(state === 'checking' || state === 'checked' || state === 'waiting' || state === 'stopped') && (
          <Step intent="withdraw" />
        )}
        <a href={`/operations/batches/${batch.id}/report.csv`} download>
          {t('batch.report')}
        </a>
      </PostForm>
    </>
  );
}

/** Who else may release it, in words. */
function others(names: readonly string[], t: TFunction): string {
  return names.length > 0 ? t('batch.others', { names: names.join(t('shell:listComma')) }) : t('batch.nobodyElse');
}

/** Letting it run: the number is said again, and agreed to. */
function Release({ kind, toDo }: { readonly kind: Shown['batch']['work']['kind']; readonly toDo: number }) {
  const { t } = useTranslation('batches');
  return (
    <PostForm className="form-actions" noValidate>
      <label className="choice">
        <input type="checkbox" name="confirmed" value={toDo} required />
        {t(`confirm.${kind}`, { count: toDo })}
      </label>
      <Button type="primary" htmlType="submit" name="intent" value="release">
        {t('step.release', { count: toDo })}
      </Button>
    </PostForm>
  );
}

type Intent = 'stop' | 'go-on' | 'ask-release' | 'withdraw';

function Step({ intent, primary }: { readonly intent: Intent; readonly primary?: boolean }) {
  const { t } = useTranslation('batches');
  return (
    <Button type={primary ? 'primary' : 'default'} htmlType="submit" name="intent" value={intent}>
      {t(`step.${intent}`)}
    </Button>
  );
}

const filters = ['', 'ok', 'ok-with-note', 'blocked', 'done', 'refused'] as const;

function Cases({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const { filter, batch, items, next, after } = shown;
  const current = filter.verdict ?? filter.outcome ?? '';
  const base = `/operations/batches/${batch.id}`;
  const heads = ['case', 'verdict', 'reasons', 'outcome'] as const;
  return (
    <section className="panel" aria-labelledby="cases-title">
      <h2 id="cases-title">{t('batch.cases')}</h2>
      <nav className="views" aria-label={t('batch.filter')}>
        {filters.map((one) => (
          <Link
            key={one}
            to={one === '' ? base : `${base}?show=${one}`}
            aria-current={one === current ? 'page' : undefined}
          >
            {t(`show.${one === '' ? 'all' : one}`)}
          </Link>
        ))}
      </nav>
      {items.length === 0 && <p className="muted">{t('batch.noCases')}</p>}
      {items.length > 0 && (
        <div className="table-frame">
          <table className="grid">
            <ColumnHeads columns={heads.map((name) => ({ title: t(`column.${name}`) }))} />
            <tbody>
              {items.map((item) => (
                <tr key={item.position}>
                  <td className="nowrap">
                    <Link to={`/cases/${item.caseId}`}>{item.businessKey ?? item.caseId.slice(-12)}</Link>
                  </td>
                  <td>{item.verdict && <Verdict verdict={item.verdict} />}</td>
                  <td>
                    <Notes notes={item.notes ?? []} names={item.names} />
                  </td>
                  <td>
                    {item.outcome && t(`outcome.${item.outcome}`)}
                    {item.why && <Notes notes={[item.why]} names={item.names} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="table-foot">
        {after > 0 && <Link to={current === '' ? base : `${base}?show=${current}`}>{t('batch.first')}</Link>}{' '}
        {next !== undefined && <Link to={`${base}?show=${current}&after=${next}`}>{t('batch.next')}</Link>}
      </p>
    </section>
  );
}

function Verdict({ verdict }: { readonly verdict: 'ok' | 'ok-with-note' | 'blocked' }) {
  const { t } = useTranslation('batches');
  const tone = { ok: 'good', 'ok-with-note': 'warning', blocked: 'danger' }[verdict];
  return <span className={`tag ${tone}`}>{t(`verdict.${verdict}`)}</span>;
}

function Notes({ notes, names }: { readonly notes: readonly Note[]; readonly names: Shown['items'][number]['names'] }) {
  const { t } = useTranslation('batches');
  const nameOf = useElementName(names);
  return notes.map(({ code, elementId = '', to = '' }) => (
    <div key={`${code} ${elementId}`}>
      {t(`note.${code}`, { element: nameOf(elementId), to: nameOf(to), defaultValue: code })}
    </div>
  ));
}
