import {
  CaretRightOutlined,
  CheckCircleOutlined,
  CloseCircleOutlined,
  InfoCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../engine/index.ts';
import type { ShownFindings } from './shown-findings.ts';

const icons = { error: <CloseCircleOutlined />, warning: <WarningOutlined />, info: <InfoCircleOutlined /> };

/** What kind of finding it is, in the language shown. */
function useRuleName() {
  const { t, i18n } = useTranslation('findings');
  return (rule: string) => (i18n.exists(`findings:${rule}`) ? t(rule) : rule);
}

/** The finding's sentence, in the language shown where the catalogue has it. */
export function Sentence({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('findings');
  const { rule, params, elementId, message } = finding;
  if (!i18n.exists(`findings:says.${rule}`)) return <span lang="en">{message}</span>;
  const name = params?.[i18n.language === 'en' ? 'nameEn' : 'name'];
  return <span>{t(`says.${rule}`, { ...params, element: name ?? elementId })}</span>;
}

/** What the check found, worst first; choosing one shows its element in the diagram, or plays the run that leads there. */
export function FindingsList({
  shown: { findings, total },
  onShow,
  onPlay,
}: {
  readonly shown: ShownFindings;
  readonly onShow?: (elementId: string) => void;
  readonly onPlay?: (finding: Finding) => void;
}) {
  const { t } = useTranslation('flows');
  const nameOf = useRuleName();
  if (findings.length === 0)
    return <Result icon={<CheckCircleOutlined />} status="success" title={t('findings.none')} />;
  return (
    <ul className="findings">
      {total > findings.length && (
        <li className="notice warning">
          {t('findings.first', { shown: findings.length, total: total.toLocaleString('en') })}
        </li>
      )}
      {findings.map((finding) => (
        <li
          key={`${finding.rule}-${finding.elementId}-${finding.path}-${finding.message}`}
          className={`finding finding-row-${finding.severity}`}
        >
          <span className="finding-severity">
            {icons[finding.severity]} {t(`findings.${finding.severity}`)}
          </span>
          <span className="finding-text">
            <strong>{nameOf(finding.rule)}</strong> <Sentence finding={finding} />
            {finding.path ? <code> {finding.path}</code> : null}
          </span>
          {finding.trace && finding.trace.length > 0 && onPlay ? (
            <Button size="small" icon={<CaretRightOutlined />} onClick={() => onPlay(finding)}>
              {t('run.play')}
            </Button>
          ) : null}
          {finding.elementId && onShow ? (
            <Button size="small" onClick={() => onShow(finding.elementId ?? '')}>
              {t('findings.show', { elementId: finding.elementId })}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
