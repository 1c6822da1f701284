import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PostForm } from '../../ui/post-form.tsx';
import type { SimulatorOverview } from '../desk.server.ts';
import type { SimulatorAnswer } from './act.server.ts';
import { outsideMessages } from './outside-messages.ts';

const answers = ['refused', 'timeout-before', 'timeout-after-success', 'unavailable', 'slow'] as const;

function FaultForm({ jobTypes }: { readonly jobTypes: readonly string[] }) {
  const { t } = useTranslation('simulators');
  return (
    <PostForm className="simulator-form">
      <input type="hidden" name="intent" value="inject" />
      <label htmlFor="connector">{t('connector')}</label>
      <select id="connector" name="connector" className="plain-input">
        {jobTypes.map((jobType) => (
          <option key={jobType}>{jobType}</option>
        ))}
      </select>
      <label htmlFor="answer">{t('answer')}</label>
      <select id="answer" name="answer" className="plain-input">
        {answers.map((answer) => (
          <option key={answer} value={answer}>
            {t(`answers.${answer}`)}
          </option>
        ))}
      </select>
      <label htmlFor="times">{t('times')}</label>
      <input id="times" name="times" className="plain-input" inputMode="numeric" pattern="[1-9]\d?" defaultValue="1" />
      <label htmlFor="code">{t('code')}</label>
      <input id="code" name="code" className="plain-input" maxLength={60} />
      <label className="in-line">
        <input type="checkbox" name="query" value="unavailable" /> {t('queryFails')}
      </label>
      <Button htmlType="submit">{t('inject')}</Button>
    </PostForm>
  );
}

function MessageForm() {
  const { t } = useTranslation('simulators');
  const [name, setName] = useState(outsideMessages[0]?.name ?? '');
  const chosen = outsideMessages.find((message) => message.name === name);
  return (
    <PostForm className="simulator-form">
      <input type="hidden" name="intent" value="publish" />
      <label htmlFor="message">{t('message')}</label>
      <select
        id="message"
        name="name"
        className="plain-input"
        value={name}
        onChange={(event) => setName(event.target.value)}
      >
        {outsideMessages.map((message) => (
          <option key={message.name} value={message.name}>
            {t(`messages.${message.name}`)}
          </option>
        ))}
      </select>
      <label htmlFor="key">{t(chosen?.key === 'patient' ? 'patientId' : 'orderNo')}</label>
      <input id="key" name="key" className="plain-input" required maxLength={80} />
      <label htmlFor="payload">{t('payload')}</label>
      <textarea
        id="payload"
        name="payload"
        className="plain-input"
        rows={3}
        defaultValue={chosen?.example}
        key={name}
      />
      <Button htmlType="submit">{t('publish')}</Button>
    </PostForm>
  );
}

function Waiting({ overview }: { readonly overview: SimulatorOverview }) {
  const { t } = useTranslation('simulators');
  if (overview.faults.length === 0) return <p className="muted">{t('noFaults')}</p>;
  return (
    <>
      <ul>
        {overview.faults.map((fault) => (
          <li key={`${fault.connector}-${fault.answer}-${fault.code ?? ''}-${fault.times}`}>
            <code>{fault.connector}</code> {t(`answers.${fault.answer}`)} × {fault.times} {fault.code}
          </li>
        ))}
      </ul>
      <PostForm>
        <input type="hidden" name="intent" value="clear" />
        <Button htmlType="submit">{t('clear')}</Button>
      </PostForm>
    </>
  );
}

function Books({ overview }: { readonly overview: SimulatorOverview }) {
  const { t } = useTranslation('simulators');
  return (
    <div className="simulator-books">
      {overview.simulators.map((one) => (
        <section className="panel" key={one.name} aria-label={t(`names.${one.name}`)}>
          <h3>
            {t(`names.${one.name}`)} <span className="count">{one.count}</span>
          </h3>
          {one.newest.length === 0 ? (
            <p className="muted">{t('empty')}</p>
          ) : (
            <ul>
              {one.newest.map((entry) => (
                <li key={entry}>
                  <code>{entry}</code>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}

/** What the simulated systems hold, a failure to come, and messages from outside. */
export function SimulatorsPage(props: {
  readonly jobTypes: readonly string[];
  readonly overview: SimulatorOverview;
  readonly acted?: SimulatorAnswer;
}) {
  const { t } = useTranslation('simulators');
  const { overview, acted } = props;
  const balanced = overview.imbalances.length === 0;
  return (
    <div className="simulators">
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <span className="demo-badge">{t('badge')}</span>
        <span className="muted">{t('intro')}</span>
      </div>
      <div role="status">
        {acted?.done && <p className="notice good">{t(`done.${acted.done}`)}</p>}
        {acted?.refused && <p className="notice danger">{t(`refusals.${acted.refused}`)}</p>}
      </div>
      <p className={balanced ? 'notice good' : 'notice danger'}>
        {balanced ? t('balanced', { count: overview.openItems }) : t('unbalanced')}
        {overview.imbalances.map((one) => (
          <code key={one}> {one}</code>
        ))}
      </p>
      <div className="simulator-controls">
        <section className="panel" aria-labelledby="fault-title">
          <h2 id="fault-title">{t('faultTitle')}</h2>
          <FaultForm jobTypes={props.jobTypes} />
          <h3>{t('waiting')}</h3>
          <Waiting overview={overview} />
        </section>
        <section className="panel" aria-labelledby="message-title">
          <h2 id="message-title">{t('messageTitle')}</h2>
          <MessageForm />
        </section>
      </div>
      <h2>{t('books')}</h2>
      <Books overview={overview} />
    </div>
  );
}
