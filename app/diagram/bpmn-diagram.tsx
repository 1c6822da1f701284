import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagramMarks, ViewerHandle } from './create-viewer.client.ts';

/**
 * A diagram for reading, with marks on it. bpmn-js is loaded in the browser with this component only.
 * The bpmn.io watermark in the lower right corner stays uncovered (its licence asks for it).
 */
export function BpmnDiagram({
  xml,
  label,
  marks,
  reveal,
}: {
  readonly xml: string;
  readonly label: string;
  readonly marks?: DiagramMarks;
  readonly reveal?: string;
}) {
  const { t } = useTranslation('shell');
  const container = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<ViewerHandle>();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let closed = false;
    let made: ViewerHandle | undefined;
    void import('./create-viewer.client.ts').then(async ({ createViewer }) => {
      if (closed || !container.current) return;
      made = await createViewer(container.current, xml).catch(() => undefined);
      if (closed) made?.destroy();
      else if (made) setViewer(made);
      else setFailed(true);
    });
    return () => {
      closed = true;
      setViewer(undefined);
      setFailed(false);
      made?.destroy();
    };
  }, [xml]);

  useEffect(() => {
    if (marks) viewer?.show(marks);
  }, [viewer, marks]);
  useEffect(() => {
    if (reveal) viewer?.reveal(reveal);
  }, [viewer, reveal]);

  return (
    <div className="bpmn-diagram" ref={container} role="img" aria-label={label}>
      {failed ? <p className="muted">{t('diagramUnreadable')}</p> : null}
    </div>
  );
}
