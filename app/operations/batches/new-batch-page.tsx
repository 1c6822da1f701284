import { Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstantShort } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { PostForm } from '../../ui/post-form.tsx';
import { useLanguage } from '../../ui/role-names.ts';
import type { loadNewBatch } from './new-batch.server.ts';
import { ReasonField } from './reason-field.tsx';
import { type Refused, RefusedNotice } from './refused-notice.tsx';

type Shown = Awaited<ReturnType<typeof loadNewBatch>>;

/** Before a batch: what is chosen, how much that is, who else must agree, and why it is done. */
export function NewBatchPage({ shown, refused }: { readonly shown: Shown; readonly refused: Refused | undefined }) {
  const { t } = useTranslation('batches');
  const { work, count, cases } = shown;
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t(`choose.${work}.title`)}</h1>
        <Link to="/operations">{t('room')}</Link>
        <span className="spring" />
        <Link to="/operations/batches">{t('all')}</Link>
      </div>
      <RefusedNotice refused={refused} />
      <section className="panel" aria-labelledby="chosen-title">
        <h2 id="chosen-title">{t('choose.chosen')}</h2>
        <Narrowed narrowed={shown.narrowed} />
        {count === 0 && <p className="empty-state">{t(`choose.${work}.none`)}</p>}
        {shown.tooMany && (
          <p className="notice danger" role="alert">
            {t('choose.tooMany', { most: shown.mostChosen })}
          </p>
        )}
        {count > 0 && !shown.tooMany && <p>{t(`choose.${work}.about`, { count, cases })}</p>}
        {count > 0 && <FirstCases shown={shown} />}
      </section>
      {count > 0 && !shown.tooMany && <Begin shown={shown} />}
    </div>
  );
}

function Narrowed({ narrowed }: Pick<Shown, 'narrowed'>) {
  const { t } = useTranslation('batches');
  const language = useLanguage();
  const { flow, at, code, ticked, status, text, patient, actor, from, to } = narrowed;
  const facts = [
    [t('cases:filter.flow'), flow?.[language]],
    [t('operations:step'), at?.[language]],
    [t('operations:incidents.cause'), code && t(`cases:incidents.code.${code}`)],
    [t('cases:filter.status'), status && t(`cases:status.${status}`)],
    [t('choose.begins'), text],
    [t('patient:patientId'), patient],
    [t('audit:filter.actor'), actor],
    [t('audit:filter.from'), from],
    [t('audit:filter.to'), to],
    [t('choose.ticked'), ticked > 0 ? String(ticked) : undefined],
  ].filter(([, value]) => value);
  if (facts.length === 0) return null;
  return (
    <p className="muted">
      {facts.map(([name, value]) => `${name}${t('choose.colon')}${value}`).join(t('choose.between'))}
    </p>
  );
}

function FirstCases({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const language = useLanguage();
  const { work, rows, now, count } = shown;
  const retry = work === 'retry-incidents';
  const heads = [
    ...[t('column.case'), t('operations:flow')],
    ...(retry ? [t('operations:step'), t('operations:incidents.cause')] : []),
    ...[t('operations:quiet.started'), t('operations:quiet.last')],
  ];
  return (
    <>
      <div className="table-frame">
        <table className="grid">
          <ColumnHeads columns={heads.map((title) => ({ title }))} />
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.caseId} ${row.subject}`}>
                <td className="nowrap">
                  <Link to={`/cases/${row.caseId}`}>{row.businessKey ?? row.caseId.slice(-12)}</Link>
                </td>
                <td>{row.flow[language]}</td>
                {retry && <td>{row.element?.[language]}</td>}
                {retry && <td>{row.code && t(`cases:incidents.code.${row.code}`)}</td>}
                <td className="nowrap">{formatInstantShort(row.startedAt, now)}</td>
                <td className="nowrap">{formatInstantShort(row.lastAt, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > rows.length && <p className="table-foot muted">{t('choose.more', { count: count - rows.length })}</p>}
    </>
  );
}

function Begin({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const { work, count, others, secondPersonAbove } = shown;
  return (
    <PostForm className="panel">
      <input type="hidden" name="id" value={shown.id} />
      {count > secondPersonAbove && (
        <p className="notice warning">
          {others.length > 0
            ? t('choose.second', { most: secondPersonAbove, others: others.join(t('shell:listComma')) })
            : t('choose.nobodyElse', { most: secondPersonAbove })}
        </p>
      )}
      <ReasonField />
      <div className="form-actions">
        <Button type="primary" htmlType="submit">
          {t(`choose.${work}.dryRun`, { count })}
        </Button>
        <span className="muted">{t('choose.nothingYet')}</span>
      </div>
    </PostForm>
  );
}
