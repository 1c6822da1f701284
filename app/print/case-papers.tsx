import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/role-names.ts';
import type { OfferedPaper } from './papers-of-case.server.ts';
import { printAddress } from './print-kinds.ts';

/** The papers a case offers, with how often each was printed. */
export function CasePapers({ caseId, papers }: { caseId: string; papers: readonly OfferedPaper[] }) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  return (
    <section className="panel" aria-labelledby="papers-title">
      <h2 id="papers-title">{t('links.title')}</h2>
      {papers.length === 0 && <p className="muted">{t('links.none')}</p>}
      <ul className="plain-list">
        {papers.map(({ kind, taskId, task, copies }) => {
          const paper = t(`kinds.${kind}`);
          return (
            <li key={`${kind}/${taskId}`}>
              <a href={printAddress(kind, caseId, taskId)} target="_blank" rel="noreferrer">
                {task ? t('links.ofTask', { paper, task: task[language] }) : paper}
              </a>
              {copies > 0 && <span className="muted">{t('links.reprint', { count: copies })}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
