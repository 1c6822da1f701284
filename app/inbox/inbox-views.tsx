import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { mostCounted } from '../../db/read-models.ts';
import type { InboxData } from './inbox-data.ts';

const views = ['mine', 'groups', 'overdue'] as const;

/** The three lists with their counts. */
export function InboxViews({ view, counts }: Pick<InboxData, 'view' | 'counts'>) {
  const { t } = useTranslation('inbox');
  return (
    <nav className="views" aria-label={t('views')}>
      {views.map((one) => (
        <Link key={one} to={`/inbox?view=${one}`} aria-current={one === view ? 'page' : undefined}>
          {t(`view.${one}`)}{' '}
          <span className={one === 'overdue' && counts[one] > 0 ? 'count late' : 'count'}>
            {counts[one] >= mostCounted ? `${mostCounted - 1}+` : counts[one]}
          </span>
        </Link>
      ))}
    </nav>
  );
}
