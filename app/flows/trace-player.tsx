import { CaretRightOutlined, CloseOutlined, LeftOutlined, PauseOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, TraceStep } from '../../engine/index.ts';
import { Sentence } from './findings-list.tsx';
import { type RunMarks, runMarks } from './run-marks.ts';

/** Pause between two steps of a run that plays by itself, in milliseconds. */
const pace = 700;

/** Plays the run that shows a finding, step by step, on whatever diagram takes its marks. */
export function TracePlayer({
  finding,
  trace,
  onStep,
  onClose,
}: {
  readonly finding: Finding;
  readonly trace: readonly TraceStep[];
  readonly onStep: (marks: RunMarks) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('flows');
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const latest = useRef(onStep);
  latest.current = onStep;
  const last = trace.length - 1;

  useEffect(() => latest.current(runMarks(trace, at)), [trace, at]);
  useEffect(() => () => latest.current({ classes: {} }), []);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => (at < last ? setAt(at + 1) : setPlaying(false)), pace);
    return () => clearTimeout(timer);
  }, [playing, at, last]);

  const start = () => {
    if (at === last) setAt(0);
    setPlaying(!playing);
  };
  return (
    <section className="trace-player" aria-label={t('run.title')}>
      <Space size="small">
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('run.back')}
          disabled={at === 0}
          onClick={() => setAt(at - 1)}
        />
        <Button
          size="small"
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          aria-label={t(playing ? 'run.pause' : 'run.play')}
          onClick={start}
        />
        <Button
          size="small"
          icon={<RightOutlined />}
          aria-label={t('run.forward')}
          disabled={at === last}
          onClick={() => setAt(at + 1)}
        />
      </Space>
      <p className="trace-step" aria-live="polite">
        <strong>{t('run.step', { at: at + 1, of: trace.length })}</strong> <StepText step={trace[at]} />
      </p>
      <p className="trace-finding muted">
        <Sentence finding={finding} />
      </p>
      <Button size="small" icon={<CloseOutlined />} aria-label={t('run.close')} onClick={onClose} />
    </section>
  );
}

function StepText({ step }: { readonly step: TraceStep | undefined }) {
  const { t, i18n } = useTranslation('flows');
  if (!step) return null;
  const element = (i18n.language === 'en' ? step.nameEn : step.name) ?? step.elementId;
  return <>{t(`run.${step.event ?? 'arrives'}`, { element, code: step.code ?? '' })}</>;
}
