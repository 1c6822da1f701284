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
  const container = useRef<HTMLElement>(null);
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
    <div className="bpmn-diagram-frame">
      <div className="bpmn-diagram-bar">
        {viewer && viewer.pools.length > 1 ? (
          <label>
            {t('diagram.goTo')}{' '}
            <select className="plain-input" defaultValue="" onChange={(event) => viewer.reveal(event.target.value)}>
              <option value="" disabled>
                {t('diagram.choosePool')}
              </option>
              {viewer.pools.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <button type="button" className="quiet-link" onClick={() => viewer?.fit()}>
          {t('diagram.whole')}
        </button>
        {reveal ? (
          <button type="button" className="quiet-link" onClick={() => viewer?.reveal(reveal)}>
            {t('diagram.here')}
          </button>
        ) : null}
      </div>
      <section className="bpmn-diagram" ref={container} aria-label={label}>
        {failed ? <p className="muted">{t('diagramUnreadable')}</p> : null}
      </section>
    </div>
  );
}
