import { Link, useFetcher } from '@remix-run/react';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import { useRootData } from '../ui/root-data.ts';
import { ChargeListSheet, ReceiptSheet, RefundRequestSheet } from './billing-sheets.tsx';
import { BottleLabelSheet, InfusionCardSheet } from './drug-sheets.tsx';
import { ExamRequestSheet, GuideSlipSheet } from './exam-sheets.tsx';
import { hasContent } from './has-content.ts';
import type { ShownPrint } from './load-print.server.ts';
import { type SheetFrame, SheetHead, UnrecordedMark } from './paper-parts.tsx';
import { printAddress } from './print-kinds.ts';
import type { RecordedPrint } from './record-print.server.ts';

/** A paper as it will be printed, with the button that records and prints it. */
export function PrintPage({ shown }: { shown: ShownPrint }) {
  const { paper, counts } = shown;
  const { recorded, print, busy } = usePrinting(shown);
  const [roll, setRoll] = useState(false);
  const frame: SheetFrame = {
    barcodes: shown.barcodes,
    // A preview shows the copy that the next print will be.
    copyOf: (subject) => recorded?.copies[subject] ?? (counts[subject] ?? 0) + 1,
    at: recorded?.at ?? shown.now,
    by: recorded?.by ?? shown.by,
    recorded: recorded !== undefined,
  };
  return (
    <div className={`print-page page-of-${paper.kind} ${roll ? 'roll' : 'sheets'}`}>
      <PrintBar shown={shown} busy={busy} onPrint={print} roll={roll} onRoll={setRoll} />
      <Sheet shown={shown} frame={frame} />
    </div>
  );
}

/** Records the print first and opens the browser's print window then: what could not be recorded is not printed. */
function usePrinting(shown: ShownPrint) {
  const csrf = useRootData()?.csrfToken ?? '';
  const fetcher = useFetcher<RecordedPrint>();
  const [recorded, setRecorded] = useState<RecordedPrint>();
  const printed = useRef<RecordedPrint>(undefined);
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  useEffect(() => {
    if (answer && answer !== printed.current) {
      printed.current = answer;
      setRecorded(answer);
    }
  }, [answer]);
  useEffect(() => {
    if (!recorded) return;
    const done = () => setRecorded(undefined);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [recorded]);
  const print = () => fetcher.submit({ csrf, key: shown.key }, { method: 'post' });
  return { recorded, print, busy: fetcher.state !== 'idle' };
}

type BarProps = {
  readonly shown: ShownPrint;
  readonly busy: boolean;
  onPrint(): void;
  readonly roll: boolean;
  onRoll(roll: boolean): void;
};

function PrintBar({ shown, busy, onPrint, roll, onRoll }: BarProps) {
  const { t } = useTranslation('print');
  const { paper, counts, caseId, taskId, item } = shown;
  const before = Math.max(0, ...paper.subjects.map((subject) => counts[subject] ?? 0));
  const labels = paper.kind === 'bottle-label';
  return (
    <div className="print-bar">
      <div className="page-head">
        <h1>{t(`kinds.${paper.kind}`)}</h1>
        <span className="muted" role="status">
          {before === 0 ? t('neverPrinted') : t('printedBefore', { count: before })}
        </span>
        <span className="spring" />
        {item !== undefined && <Link to={printAddress(paper.kind, caseId, taskId)}>{t('allLabels')}</Link>}
        {taskId !== undefined && <Link to={`/tasks/${caseId}/${taskId}`}>{t('toTask')}</Link>}
        <Link to={`/cases/${caseId}`}>{t('toCase')}</Link>
        {labels && (
          <label className="roll-choice">
            <input type="checkbox" checked={roll} onChange={(event) => onRoll(event.target.checked)} /> {t('roll')}
          </label>
        )}
        <Button type="primary" size="large" onClick={onPrint} loading={busy} disabled={!hasContent(paper)}>
          {t('print')}
        </Button>
      </div>
      <p className="muted">{hasContent(paper) ? t('hint') : t('nothingToPrint')}</p>
    </div>
  );
}

function Sheet({ shown, frame }: { shown: ShownPrint; frame: SheetFrame }) {
  const { paper, caseId, taskId } = shown;
  if (paper.kind === 'bottle-label') {
    const place = printAddress('bottle-label', caseId, taskId);
    const single = (id: string) => `${place}${place.includes('?') ? '&' : '?'}item=${encodeURIComponent(id)}`;
    return <BottleLabelSheet paper={paper} frame={frame} single={single} />;
  }
  return (
    <article className={`sheet sheet-${paper.kind}`}>
      <UnrecordedMark recorded={frame.recorded} />
      <SheetHead paper={paper} frame={frame} />
      {paper.kind === 'guide-slip' && <GuideSlipSheet paper={paper} />}
      {paper.kind === 'exam-request' && <ExamRequestSheet paper={paper} />}
      {paper.kind === 'charge-list' && <ChargeListSheet paper={paper} />}
      {paper.kind === 'receipt' && <ReceiptSheet paper={paper} />}
      {paper.kind === 'refund-request' && <RefundRequestSheet paper={paper} />}
      {paper.kind === 'infusion-card' && <InfusionCardSheet paper={paper} frame={frame} />}
      <SheetFoot frame={frame} />
    </article>
  );
}

function SheetFoot({ frame }: { frame: SheetFrame }) {
  const { t } = useTranslation('print');
  const demo = useRootData()?.demo ?? false;
  return (
    <footer className="sheet-foot">
      <span>{t('printedAt', { at: formatInstant(frame.at), by: frame.by })}</span>
      {demo && <span>{t('demo')}</span>}
    </footer>
  );
}
