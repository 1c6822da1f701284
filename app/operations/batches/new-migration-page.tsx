import { Form, Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { PostForm } from '../../ui/post-form.tsx';
import { useLanguage } from '../../ui/role-names.ts';
import type { loadNewMigration } from './new-migration.server.ts';
import { ReasonField } from './reason-field.tsx';
import { type Refused, RefusedNotice } from './refused-notice.tsx';

type Shown = Awaited<ReturnType<typeof loadNewMigration>>;
type Proposal = NonNullable<Shown['proposal']>;

/** Chooses versions, shows the mapping the system proposes, lets it be edited, and begins the dry run. */
export function NewMigrationPage({ shown, refused }: { readonly shown: Shown; readonly refused: Refused | undefined }) {
  const { t } = useTranslation('batches');
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t('migrate.title')}</h1>
        <Link to="/operations/batches">{t('all')}</Link>
      </div>
      <RefusedNotice refused={refused} />
      <Versions shown={shown} />
      {shown.flow && !shown.proposal && <p className="notice warning">{t('migrate.noVersions')}</p>}
      {shown.proposal && <Mapping shown={shown} proposal={shown.proposal} />}
    </div>
  );
}

function Versions({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('batches');
  const language = useLanguage();
  const versions = Array.from({ length: shown.flow?.version ?? 0 }, (_, index) => index + 1);
  const cases = (version: number) => shown.flow?.runningCases.find((one) => one.version === version)?.cases ?? 0;
  return (
    <section className="panel" aria-labelledby="versions-title">
      <h2 id="versions-title">{t('migrate.versions')}</h2>
      {shown.flows.length === 0 && <p className="muted">{t('migrate.none')}</p>}
      <Form method="get" className="filter-bar" key={`${shown.flow?.key} ${shown.from} ${shown.to}`}>
        <label>
          {t('migrate.flow')}{' '}
          <select name="flow" className="plain-input" defaultValue={shown.flow?.key ?? ''} required>
            <option value="" />
            {shown.flows.map((flow) => (
              <option key={flow.key} value={flow.key}>
                {flow.title[language]}
              </option>
            ))}
          </select>
        </label>
        {shown.flow && (
          <>
            <label>
              {t('migrate.from')}{' '}
              <select name="from" className="plain-input" defaultValue={shown.from}>
                {versions.map((version) => (
                  <option key={version} value={version}>
                    {t('migrate.versionWith', { version, count: cases(version) })}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t('migrate.to')}{' '}
              <select name="to" className="plain-input" defaultValue={shown.to}>
                {versions.map((version) => (
                  <option key={version} value={version}>
                    {t('migrate.version', { version })}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
        <Button htmlType="submit">{t('migrate.show')}</Button>
      </Form>
    </section>
  );
}

function Mapping({ shown, proposal }: { readonly shown: Shown; readonly proposal: Proposal }) {
  const { t } = useTranslation('batches');
  const open = proposal.pairs.filter(({ because }) => because === 'none').length;
  return (
    <PostForm className="panels" key={`${proposal.from.hash} ${proposal.to.hash}`}>
      <input type="hidden" name="flow" value={shown.flow?.key} />
      <input type="hidden" name="from" value={proposal.from.version} />
      <input type="hidden" name="to" value={proposal.to.version} />
      <input type="hidden" name="id" value={shown.id} />
      <section className="panel" aria-labelledby="mapping-title">
        <h2 id="mapping-title">{t('migrate.mapping')}</h2>
        <p className="muted">{t('migrate.about', { open })}</p>
        <div className="table-frame">
          <table className="grid">
            <ColumnHeads
              columns={[{ title: t('migrate.old') }, { title: t('migrate.new') }, { title: t('migrate.why') }]}
            />
            <tbody>
              {[...proposal.pairs].sort(unmappedFirst).map((pair) => (
                <Pair key={pair.from.id} pair={pair} successors={proposal.successors} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="panel" aria-labelledby="how-title">
        <h2 id="how-title">{t('migrate.how')}</h2>
        <label>
          {t('migrate.timers')}{' '}
          <select name="timers" className="plain-input" defaultValue="recalculate">
            <option value="recalculate">{t('migrate.recalculate')}</option>
            <option value="keep">{t('migrate.keep')}</option>
          </select>
        </label>
        <ReasonField />
        <div className="form-actions">
          <Button type="primary" htmlType="submit">
            {t('migrate.dryRun', { count: shown.cases })}
          </Button>
        </div>
      </section>
    </PostForm>
  );
}

function unmappedFirst(a: Proposal['pairs'][number], b: Proposal['pairs'][number]): number {
  const rank = ({ because }: Proposal['pairs'][number]) =>
    ['none', 'only-process', 'same-kind-and-name', 'same-id'].indexOf(because);
  return rank(a) - rank(b);
}

function Pair(props: { readonly pair: Proposal['pairs'][number]; readonly successors: Proposal['successors'] }) {
  const { t } = useTranslation('batches');
  const language = useLanguage();
  const { from, to, because } = props.pair;
  const label = ({ id, name, nameEn }: Proposal['successors'][number]) =>
    `${(language === 'en' ? nameEn : undefined) ?? name ?? id} (${id})`;
  return (
    <tr>
      <td>{label(from)}</td>
      <td>
        <select
          name={`map:${from.id}`}
          className="plain-input"
          defaultValue={to ?? ''}
          aria-label={t('migrate.successorOf', { element: label(from) })}
        >
          <option value="">{t('migrate.nothing')}</option>
          {props.successors.map((successor) => (
            <option key={successor.id} value={successor.id}>
              {label(successor)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <span className={because === 'none' ? 'tag warning' : 'tag'}>{t(`because.${because}`)}</span>
      </td>
    </tr>
  );
}
