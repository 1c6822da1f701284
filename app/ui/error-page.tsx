import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react';
import { useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../problem.ts';
import { type AnswerNames, AnswerNamesContext, spokenName } from './answer-names.ts';
import { isConnectionFailure } from './connection.ts';
import { ConnectionLost } from './connection-lost.tsx';
import { useRoleNames } from './role-names.ts';

const statusesWithText = new Set([400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]);

/** The plain page for everything that went wrong: what it means, whether anything was saved, where to go. */
export function ErrorPage() {
  const error = useRouteError();
  const { i18n } = useTranslation('errors');
  if (!isConnectionFailure(error)) return <Answered error={error} />;
  const said = isRouteErrorResponse(error) && isProblem(error.data) ? error.data : undefined;
  return <ConnectionLost code={said?.code && i18n.exists(said.code, { ns: 'errors' }) ? said.code : undefined} />;
}

function Answered({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation('errors');
  const roleNames = useRoleNames();
  const names = useNames(error);
  const answered = isRouteErrorResponse(error) ? error : undefined;
  const status = answered && statusesWithText.has(answered.status) ? answered.status : 500;
  const problem = isProblem(answered?.data) ? answered.data : undefined;
  const own = problem?.text?.[i18n.language];
  const params = { ...problem?.params, roles: roleNames(problem?.roles ?? []).join(t('shell:listComma')) };
  const key = problem?.code && i18n.exists(problem.code, { ns: 'errors' }) ? problem.code : `text.${status}`;
  return (
    <section className="error-page" aria-labelledby="error-title">
      <p className="error-status">{answered?.status ?? 500}</p>
      <h1 id="error-title">{t(`title.${status}`)}</h1>
      <p>{own ?? t(key, params)}</p>
      {names.request && (
        <p>
          {t('reference')} <code title={names.request}>{spokenName(names.request)}</code>
        </p>
      )}
      {names.trace && (
        <p>
          {t('trace')} <code>{names.trace}</code>
        </p>
      )}
      <p>
        <Link to={problem?.back ?? '/inbox'}>{problem?.back ? t('shell:back') : t('toInbox')}</Link>
      </p>
    </section>
  );
}

/** What the server called the request that failed; what fails after it changes nothing of that. */
function useNames(error: unknown): AnswerNames {
  const last = useContext(AnswerNamesContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another error is of another request.
  return useMemo(last, [last, error]);
}
