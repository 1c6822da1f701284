import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PostForm } from '../ui/post-form.tsx';
import { type ShownCase, useElementName } from './shown-case.ts';
import { useRefusalText } from './use-refusal-text.ts';

type Phase = ShownCase['startable']['phases'][number];

/** Ad-hoc sub-processes under way: what may be begun in them, and their end, each with a button or the reason why there is none. */
export function StartableWork({ shown }: { shown: ShownCase }) {
  const { t } = useTranslation('cases');
  return (
    <section className="panel" aria-labelledby="startable-title">
      <h2 id="startable-title">{t('startable.title')}</h2>
      {shown.startable.phases.map((phase) => (
        <PhaseWork key={phase.scopeId} phase={phase} shown={shown} />
      ))}
    </section>
  );
}

function PhaseWork({ phase, shown }: { phase: Phase; shown: ShownCase }) {
  const { t } = useTranslation('cases');
  const nameOf = useElementName(shown.names);
  const refusalText = useRefusalText();
  const name = nameOf(phase.elementId);
  return (
    <>
      <h3>{name}</h3>
      {phase.activities.length === 0 && <p className="muted">{t('startable.none')}</p>}
      <ul className="plain-list">
        {phase.activities.map(({ activityId, refusal }) => {
          const activity = nameOf(activityId);
          return (
            <li key={activityId}>
              <strong>{activity}</strong>
              {refusal ? (
                <span className="muted">{refusalText(refusal)}</span>
              ) : (
                <PhaseForm phase={phase} shown={shown} intent="enter" activityId={activityId}>
                  <Button htmlType="submit">{t('startable.start', { activity })}</Button>
                </PhaseForm>
              )}
            </li>
          );
        })}
      </ul>
      {phase.completionRefusal ? (
        <p className="muted">{t('startable.notYet', { why: refusalText(phase.completionRefusal) })}</p>
      ) : (
        <PhaseForm phase={phase} shown={shown} intent="finish">
          <Button htmlType="submit" aria-label={t('startable.finishOf', { phase: name })}>
            {t('startable.finish')}
          </Button>
        </PhaseForm>
      )}
    </>
  );
}

type PhaseFormProps = {
  readonly phase: Phase;
  readonly shown: ShownCase;
  readonly intent: 'enter' | 'finish';
  readonly activityId?: string;
  readonly children: ReactNode;
};

/** The key names what was shown: pressing twice begins one thing, pressing again after the page has changed another. */
function PhaseForm({ phase, shown, intent, activityId, children }: PhaseFormProps) {
  const key = [shown.caseId, phase.scopeId, intent, activityId, shown.startable.version].join(' ');
  return (
    <PostForm action={`/cases/${shown.caseId}`}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="phase" value={phase.elementId} />
      <input type="hidden" name="scopeId" value={phase.scopeId} />
      {activityId !== undefined && <input type="hidden" name="activity" value={activityId} />}
      <input type="hidden" name="key" value={key} />
      {children}
    </PostForm>
  );
}
