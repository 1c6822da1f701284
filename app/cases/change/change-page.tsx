import { Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { PostForm } from '../../ui/post-form.tsx';
import { useLanguage } from '../../ui/role-names.ts';
import { useElementName } from '../shown-case.ts';
import type { ChangeAnswer, loadChange } from './change-case.server.ts';
import { placeValue } from './read-operations.ts';

type Shown = Awaited<ReturnType<typeof loadChange>>;
type Preview = Extract<ChangeAnswer, { readonly preview: unknown }>['preview'];

/** Moves, adds and cancels tokens of a running case: chosen, previewed, and made with a reason. */
export function ChangePage({ shown, answer }: { readonly shown: Shown; readonly answer: ChangeAnswer | undefined }) {
  const { t } = useTranslation('batches');
  const language = useLanguage();
  const nameOf = useElementName(shown.names);
  const chosen = answer?.chosen ?? {};
  const params = answer && 'code' in answer ? answer.params : {};
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t('change.title')}</h1>
        <Link to={`/cases/${shown.caseId}`}>
          {shown.flow[language]} {shown.businessKey}
        </Link>
      </div>
      {answer && 'code' in answer && (
        <p className="notice danger" role="alert">
          {t(answer.code, { ...params, ...namedParams(params, nameOf) })} {t('rejections:nothingSaved')}
        </p>
      )}
      <PostForm className="panels" key={JSON.stringify(chosen)}>
        <section className="panel" aria-labelledby="tokens-title">
          <h2 id="tokens-title">{t('change.tokens')}</h2>
          <p className="muted">{t('change.about')}</p>
          <Tokens shown={shown} chosen={chosen} />
          <Additions shown={shown} chosen={chosen} />
        </section>
        {answer && 'preview' in answer && <PreviewOf preview={answer.preview} shown={shown} />}
        <section className="panel" aria-labelledby="reason-title">
          <h2 id="reason-title">{t('reason')}</h2>
          <input type="hidden" name="key" value={`${shown.caseId} change ${shown.version}`} />
          <textarea
            name="reason"
            className="plain-input wide"
            rows={2}
            maxLength={1000}
            defaultValue={chosen.reason ?? ''}
            aria-labelledby="reason-title"
          />
          <div className="form-actions">
            <Button htmlType="submit" name="intent" value="preview">
              {t('change.preview')}
            </Button>
            {answer && 'preview' in answer && (
              <Button type="primary" htmlType="submit" name="intent" value="confirm">
                {t('change.confirm')}
              </Button>
            )}
          </div>
        </section>
      </PostForm>
    </div>
  );
}

function namedParams(params: Readonly<Record<string, string | number>>, nameOf: (id: string) => string) {
  const named = ['element', 'activity', 'to'].filter((name) => typeof params[name] === 'string');
  return Object.fromEntries(named.map((name) => [name, nameOf(String(params[name]))]));
}

type Choosing = { readonly shown: Shown; readonly chosen: Readonly<Record<string, string>> };

function Tokens({ shown, chosen }: Choosing) {
  const { t } = useTranslation('batches');
  const nameOf = useElementName(shown.names);
  const tokens = shown.open.filter(({ kind }) => kind === 'token');
  const runs = shown.scopes.filter(({ run }) => run !== undefined);
  return (
    <div className="table-frame">
      <table className="grid">
        <ColumnHeads columns={[{ title: t('change.stands') }, { title: t('change.what') }]} />
        <tbody>
          {tokens.map(({ n, elementId }) => (
            <tr key={n}>
              <td>{nameOf(elementId)}</td>
              <td>
                <select
                  name={`token-${n}`}
                  className="plain-input"
                  defaultValue={chosen[`token-${n}`] ?? ''}
                  aria-label={t('change.whatWith', { element: nameOf(elementId) })}
                >
                  <option value="">{t('change.leave')}</option>
                  <option value="cancel">{t('change.cancel')}</option>
                  <optgroup label={t('change.moveTo')}>
                    <Places shown={shown} prefix="to:" />
                  </optgroup>
                </select>
              </td>
            </tr>
          ))}
          {runs.map(({ n, elementId, run }) => (
            <tr key={`scope-${n}`}>
              <td>{t('change.run', { element: nameOf(elementId), run })}</td>
              <td>
                <select
                  name={`scope-${n}`}
                  className="plain-input"
                  defaultValue={chosen[`scope-${n}`] ?? ''}
                  aria-label={t('change.whatWith', { element: t('change.run', { element: nameOf(elementId), run }) })}
                >
                  <option value="">{t('change.leave')}</option>
                  <option value="cancel">{t('change.cancel')}</option>
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Additions({ shown, chosen }: Choosing) {
  const { t } = useTranslation('batches');
  const nameOf = useElementName(shown.names);
  return (
    <div className="filter-bar">
      <label>
        {t('change.add')}{' '}
        <select name="add" className="plain-input" defaultValue={chosen.add ?? ''}>
          <option value="">{t('change.nowhere')}</option>
          <Places shown={shown} prefix="" />
        </select>
      </label>
      {shown.scopes.length > 0 && (
        <label>
          {t('change.within')}{' '}
          <select name="within" className="plain-input" defaultValue={chosen.within ?? ''}>
            <option value="">{t('change.anywhere')}</option>
            {shown.scopes.map(({ n, elementId, run }) => (
              <option key={n} value={n}>
                {run === undefined
                  ? `${nameOf(elementId)} #${n}`
                  : t('change.run', { element: nameOf(elementId), run })}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** Every element a token can go to; where arrivals are counted, one line for each way it may count as coming by. */
function Places({ shown, prefix }: { readonly shown: Shown; readonly prefix: string }) {
  const { t } = useTranslation('batches');
  const nameOf = useElementName(shown.names);
  return shown.places.flatMap(({ elementId, flows }) =>
    (flows ?? [undefined]).map((way) => (
      <option key={`${elementId} ${way?.flow}`} value={`${prefix}${placeValue(elementId, way?.flow)}`}>
        {way ? t('change.arriving', { element: nameOf(elementId), from: nameOf(way.from) }) : nameOf(elementId)}
      </option>
    )),
  );
}

function PreviewOf({ preview, shown }: { readonly preview: Preview; readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  return (
    <section className="panel" aria-labelledby="preview-title" role="status">
      <h2 id="preview-title">{t('change.would')}</h2>
      {preview.ends && <p className="notice warning">{t('change.ends')}</p>}
      <div className="case-columns">
        <Things title={t('change.closes')} things={preview.closes} shown={shown} />
        <Things title={t('change.opens')} things={preview.opens} shown={shown} />
      </div>
    </section>
  );
}

function Things(props: { readonly title: string; readonly things: Preview['opens']; readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const nameOf = useElementName(props.shown.names);
  return (
    <div>
      <h3>{props.title}</h3>
      {props.things.length === 0 && <p className="muted">{t('change.nothing')}</p>}
      <ul className="plain-list">
        {props.things.map(({ kind, n, elementId, detail, dueAt }) => (
          <li key={`${kind} ${n}`}>
            <span>
              <span className="tag">{t(`thing.${kind}`)}</span> {nameOf(elementId)}
            </span>
            <span className="muted">{dueAt ? formatInstant(dueAt) : detail}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
