import { Link, useFetcher, useNavigate, useSearchParams } from '@remix-run/react';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type GoOn, useGoOn } from '../ui/go-on.ts';
import { CsrfField, PostForm } from '../ui/post-form.tsx';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import { useRovingLinks } from '../ui/use-roving-links.ts';
import type { ClaimRefusal } from './claim.server.ts';
import type { InboxData, InboxRow } from './inbox-data.ts';
import { InboxTableRow } from './inbox-row.tsx';
import { InboxViews } from './inbox-views.tsx';

type ClaimAnswer = GoOn | ClaimRefusal;

/** The inbox: three lists, search, keyboard first. */
export function InboxPage({ view, counts, rows, nextCursor, now, search }: InboxData & { search: string }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const claim = useFetcher<ClaimAnswer>();
  const searchField = useRef<HTMLInputElement>(null);
  const claimForms = useRef<(HTMLButtonElement | null)[]>([]);
  useLiveUpdates(search !== '');
  const { onKeyDown, rovingProps } = useRovingLinks(rows.length, (key, index) => {
    if (key === '/') searchField.current?.focus();
    else if (key.toLowerCase() === 'c') claimForms.current[index]?.click();
    else return false;
    return true;
  });
  const answer = claim.data;
  useGoOn(answer && 'next' in answer ? answer : undefined);
  const refused = answer && 'refused' in answer ? answer : undefined;
  const done = useSearchParams()[0].get('done');
  return (
    <div className="inbox">
      <div className="page-head">
        <h1>{t('title')}</h1>
        <InboxViews view={view} counts={counts} />
        <span className="spring" />
        <PostForm action="/inbox" className="search-form" role="search" replace>
          <input type="hidden" name="view" value={view} />
          <input
            ref={searchField}
            name="search"
            className="plain-input"
            defaultValue={search}
            key={search}
            placeholder={t('search.placeholder')}
            aria-label={t('search.label')}
            onKeyDown={(event) => event.key === 'Escape' && navigate(`/inbox?view=${view}`)}
          />
          <Button htmlType="submit">{t('shell:search')}</Button>
          {search !== '' && (
            <Link to={`/inbox?view=${view}`} className="quiet-link">
              {t('search.clear')}
            </Link>
          )}
        </PostForm>
      </div>
      <div role="status" className="inbox-status">
        {refused && (
          <p className="notice danger">
            {t('refused', { reason: t(`rejections:${refused.refused}`, { who: refused.who }) })}
          </p>
        )}
        {done === 'task' && <p className="notice good">{t('done.task')}</p>}
        {search !== '' && <p className="muted">{t('search.results', { text: search })}</p>}
      </div>
      {rows.length === 0 ? (
        <EmptyInbox view={view} searching={search !== ''} groups={counts.groups} />
      ) : (
        <section className="table-frame" onKeyDown={onKeyDown} aria-label={t(`view.${view}`)}>
          <table className="grid">
            <thead>
              <tr>
                <th className="narrow">{t('column.priority')}</th>
                <th>{t('column.patient')}</th>
                <th>{t('column.task')}</th>
                <th>{t('column.flow')}</th>
                <th>{t('column.due')}</th>
                <th>{t('column.since')}</th>
                <th className="narrow">{t('column.action')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <InboxTableRow key={`${row.caseId}/${row.taskId}`} row={row} now={now} linkProps={rovingProps(index)}>
                  <ClaimButton
                    row={row}
                    fetcher={claim}
                    buttonRef={(button) => {
                      claimForms.current[index] = button;
                    }}
                  />
                </InboxTableRow>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <footer className="table-foot">
        <span className="muted">{rows.length > 0 && t('keys')}</span>
        {nextCursor && search === '' && (
          <Link to={`/inbox?${new URLSearchParams({ view, cursor: nextCursor })}`}>{t('shell:nextPage')}</Link>
        )}
      </footer>
    </div>
  );
}

function ClaimButton(props: {
  row: InboxRow;
  fetcher: ReturnType<typeof useFetcher<ClaimAnswer>>;
  buttonRef: (button: HTMLButtonElement | null) => void;
}) {
  const { t, i18n } = useTranslation('inbox');
  const { row, fetcher } = props;
  if (row.mine) return <span className="muted">{t('claimed')}</span>;
  const name = i18n.language === 'en' ? row.name.en : row.name['zh-CN'];
  return (
    <fetcher.Form method="post" action="/inbox">
      <CsrfField />
      <input type="hidden" name="intent" value="claim" />
      <input type="hidden" name="reply" value="next" />
      <input type="hidden" name="caseId" value={row.caseId} />
      <input type="hidden" name="taskId" value={row.taskId} />
      <input type="hidden" name="key" value={`claim-${row.caseId}-${row.taskId}-${row.createdAt}`} />
      <button
        ref={props.buttonRef}
        type="submit"
        className="row-button"
        tabIndex={-1}
        aria-label={t('claimOf', { task: name })}
        disabled={fetcher.state !== 'idle'}
      >
        {t('claim')}
      </button>
    </fetcher.Form>
  );
}

function EmptyInbox(props: { view: InboxData['view']; searching: boolean; groups: number }) {
  const { t } = useTranslation('inbox');
  const toGroups = props.view === 'mine' && props.groups > 0;
  return (
    <div className="empty-state">
      <p>{t(props.searching ? 'empty.search' : `empty.${props.view}`)}</p>
      {!props.searching && (
        <p>
          {toGroups ? (
            <Link to="/inbox?view=groups">{t('empty.toGroups')}</Link>
          ) : (
            <Link to="/start">{t('empty.toStart')}</Link>
          )}
        </p>
      )}
    </div>
  );
}
