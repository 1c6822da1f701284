import {
  DownloadOutlined,
  ExpandOutlined,
  RedoOutlined,
  SaveOutlined,
  SendOutlined,
  UndoOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { Alert, Badge, Button, Space, Tabs, Tag, Typography } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FormDocument, Language, ProcessPackage } from '../../engine/index.ts';
import { decodeXml } from '../../engine/interchange/index.ts';
import { BpmnModeler } from '../modeler/bpmn-modeler.tsx';
import { isPublishable } from './draft.ts';
import { FindingsList } from './findings-list.tsx';
import { FormWorkbench } from './form-workbench.tsx';
import type { ShownFindings } from './shown-findings.ts';
import { TracePlayer } from './trace-player.tsx';
import { type Step, type StepAnswer, useFlowDraft } from './use-flow-draft.ts';

/** Largest diagram that can be imported: the deployment gate's limit. */
const importLimit = 5 * 1024 * 1024;

type Notice = { readonly type: 'success' | 'error' | 'warning'; readonly text: string };

/** The page on which a flow is drawn, its forms written, checked, saved and handed to a second person. */
export function FlowEditor(props: {
  readonly initial: { readonly pkg: ProcessPackage; readonly revision: number; readonly shown: ShownFindings };
  readonly language: Language;
  readonly clinicalModdle: object;
  readonly ask: (step: Step) => Promise<StepAnswer>;
  readonly onSubmitted: () => void;
  readonly formPreview: (form: FormDocument, formId: string) => ReactNode;
}) {
  const { t } = useTranslation('flows');
  const draft = useFlowDraft(props.initial, props.ask);
  const [tab, setTab] = useState('diagram');
  const [formId, setFormId] = useState<string>();
  const [notice, setNotice] = useState<Notice>();
  const errors = draft.shown.findings.filter((finding) => finding.severity === 'error').length;
  const [run, setRun] = useState<Finding>();

  const tell = useCallback(
    (answer: StepAnswer, done: string) => {
      if (answer.status < 300) setNotice({ type: 'success', text: done });
      else if (answer.status === 409) setNotice({ type: 'error', text: t('editor.conflict', { by: answer.by ?? '' }) });
      else setNotice({ type: 'error', text: answer.message ?? t('editor.failed') });
    },
    [t],
  );
  const offline = useCallback(() => setNotice({ type: 'error', text: t('editor.unreachable') }), [t]);

  const save = useCallback(
    () => draft.save().then((answer) => tell(answer, t('editor.saved')), offline),
    [draft, tell, t, offline],
  );
  const submit = async () => {
    const answer = await draft.submit().catch(() => undefined);
    if (!answer) return offline();
    if (answer.status < 300) return props.onSubmitted();
    if (answer.findings && !isPublishable(answer.findings)) setTab('findings');
    tell(answer, '');
  };
  useSaveKey(save);
  useLeaveWarning(draft.dirty);

  const show = (elementId: string) => {
    setTab('diagram');
    draft.modeler.current?.show(elementId);
  };

  const play = (finding: Finding) => {
    setTab('diagram');
    setRun(finding);
  };

  return (
    <div className="flow-editor">
      <div className="flow-editor-bar">
        <Space wrap size="small">
          <Typography.Text strong>{props.initial.pkg.title[props.language]}</Typography.Text>
          {draft.dirty ? <Tag>{t('editor.unsaved')}</Tag> : null}
          <Button
            icon={<UndoOutlined />}
            aria-label={t('editor.undo')}
            title={t('editor.undo')}
            onClick={() => draft.modeler.current?.undo()}
          />
          <Button
            icon={<RedoOutlined />}
            aria-label={t('editor.redo')}
            title={t('editor.redo')}
            onClick={() => draft.modeler.current?.redo()}
          />
          <Button
            icon={<ExpandOutlined />}
            aria-label={t('editor.fit')}
            title={t('editor.fit')}
            onClick={() => draft.modeler.current?.fit()}
          />
          <ImportButton
            onFile={(file) => importDiagram(file, draft, setNotice, t('editor.unreadable'))}
            onTooLarge={() => setNotice({ type: 'error', text: t('editor.tooLarge', { megabytes: 5 }) })}
          />
          <Button
            icon={<DownloadOutlined />}
            onClick={() => void download(draft.modeler.current, props.initial.pkg.key)}
          >
            {t('editor.export')}
          </Button>
        </Space>
        <Space size="small">
          <Button icon={<SaveOutlined />} loading={draft.busy} onClick={() => void save()}>
            {t('editor.save')}
          </Button>
          <Button
            type="primary"
            icon={<SendOutlined />}
            disabled={!isPublishable(draft.shown.findings)}
            loading={draft.busy}
            onClick={() => void submit()}
          >
            {t('editor.submit')}
          </Button>
        </Space>
      </div>
      <div aria-live="polite">
        {notice ? (
          <Alert type={notice.type} showIcon closable={{ onClose: () => setNotice(undefined) }} title={notice.text} />
        ) : null}
      </div>
      {run?.trace ? (
        <TracePlayer
          key={`${run.rule} ${run.elementId}`}
          finding={run}
          trace={run.trace}
          onStep={(marks) => draft.modeler.current?.showRun(marks)}
          onClose={() => setRun(undefined)}
        />
      ) : null}
      <Tabs
        className="flow-editor-tabs"
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'diagram',
            label: t('editor.diagram'),
            forceRender: true,
            children: (
              <BpmnModeler
                xml={props.initial.pkg.bpmn}
                language={props.language}
                clinicalModdle={props.clinicalModdle}
                canvasLabel={t('editor.canvas')}
                panelLabel={t('editor.panel')}
                onReady={draft.attach}
                onChange={draft.touch}
                onFailure={(message) => setNotice({ type: 'error', text: `${t('editor.unreadable')} ${message}` })}
              />
            ),
          },
          {
            key: 'forms',
            label: t('editor.forms'),
            children: (
              <FormWorkbench
                forms={draft.pkg.forms}
                selected={formId}
                onSelect={setFormId}
                onChange={draft.setForms}
                preview={props.formPreview}
              />
            ),
          },
          {
            key: 'findings',
            label: (
              <Badge
                count={draft.shown.total}
                size="small"
                offset={[10, -2]}
                color={errors > 0 ? '#c0392b' : '#8a6100'}
              >
                {t('editor.findings')}
              </Badge>
            ),
            children: <FindingsList shown={draft.shown} onShow={show} onPlay={play} />,
          },
        ]}
      />
    </div>
  );
}

async function importDiagram(
  file: File,
  draft: ReturnType<typeof useFlowDraft>,
  tell: (notice: Notice) => void,
  unreadable: string,
): Promise<void> {
  const decoded = decodeXml(await file.arrayBuffer());
  if (!decoded.ok) return tell({ type: 'error', text: `${unreadable} ${decoded.message}` });
  try {
    const warnings = (await draft.modeler.current?.importXml(decoded.text)) ?? [];
    draft.touch();
    if (warnings.length > 0) tell({ type: 'warning', text: warnings.slice(0, 5).join(' · ') });
  } catch (error) {
    tell({ type: 'error', text: `${unreadable} ${error instanceof Error ? error.message : ''}` });
  }
}

function ImportButton({
  onFile,
  onTooLarge,
}: {
  readonly onFile: (file: File) => void;
  readonly onTooLarge: () => void;
}) {
  const { t } = useTranslation('flows');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {t('editor.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".bpmn,.xml"
        hidden
        aria-label={t('editor.import')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file && file.size > importLimit) onTooLarge();
          else if (file) onFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}

async function download(modeler: { saveXml(): Promise<string> } | null, key: string): Promise<void> {
  if (!modeler) return;
  const address = URL.createObjectURL(new Blob([await modeler.saveXml()], { type: 'application/bpmn+xml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${key}.bpmn`;
  link.click();
  URL.revokeObjectURL(address);
}

/** Ctrl+S (or ⌘S) saves instead of offering to save the page. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 's') {
        event.preventDefault();
        save();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [save]);
}

/** The browser asks before unsaved work is left. */
function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
