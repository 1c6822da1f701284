import { useTranslation } from 'react-i18next';
import { formatDuration, formatInstantShort } from '../i18n/format.ts';

const soon = 30 * 60_000;

/** A due time by words, colour and symbol: how much is left, or how late it is. */
export function Due({ dueAt, now }: { dueAt: string | undefined; now: string }) {
  const { t } = useTranslation('inbox');
  if (dueAt === undefined) return <span className="muted">{t('noDue')}</span>;
  const left = Date.parse(dueAt) - Date.parse(now);
  const state = left < 0 ? 'late' : left < soon ? 'soon' : 'calm';
  const words = left < 0 ? 'overdueBy' : 'dueIn';
  return (
    <span className={`due ${state}`}>
      {state !== 'calm' && <span aria-hidden="true">{state === 'late' ? '● ' : '◐ '}</span>}
      {t(words, { time: formatDuration(Math.abs(left), t) })}
      <time dateTime={dueAt} className="muted">
        {' '}
        {formatInstantShort(dueAt, now)}
      </time>
    </span>
  );
}
