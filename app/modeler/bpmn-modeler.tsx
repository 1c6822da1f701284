import { useEffect, useRef } from 'react';
import type { Language } from '../../engine/index.ts';
import type { ModelerHandle } from './create-modeler.client.ts';

/**
 * The drawing area and its properties panel. bpmn-js runs in the browser only and is loaded with this component, so no other page pays for it.
 * The bpmn.io watermark in the lower right corner of the drawing stays uncovered (its licence asks for it).
 */
export function BpmnModeler(props: {
  readonly xml: string;
  readonly language: Language;
  readonly clinicalModdle: object;
  readonly canvasLabel: string;
  readonly panelLabel: string;
  readonly onReady: (handle: ModelerHandle) => void;
  readonly onChange: () => void;
  readonly onFailure: (message: string) => void;
}) {
  const canvas = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const latest = useRef(props);
  latest.current = props;

  // The modeler is made once; a later draft is imported through its handle, so that undo and selection survive re-rendering.
  useEffect(() => {
    let handle: ModelerHandle | undefined;
    let closed = false;
    void import('./create-modeler.client.ts').then(async ({ createModeler }) => {
      if (closed || !canvas.current || !panel.current) return;
      const { language, clinicalModdle, xml } = latest.current;
      handle = createModeler({
        canvas: canvas.current,
        panel: panel.current,
        language,
        clinicalModdle,
        onChange: () => latest.current.onChange(),
      });
      try {
        await handle.importXml(xml);
        if (!closed) latest.current.onReady(handle);
      } catch (error) {
        latest.current.onFailure(error instanceof Error ? error.message : String(error));
      }
    });
    return () => {
      closed = true;
      handle?.destroy();
    };
  }, []);

  return (
    <div className="modeler">
      <div className="modeler-canvas" ref={canvas} role="application" aria-label={props.canvasLabel} />
      <aside className="modeler-panel" ref={panel} aria-label={props.panelLabel} />
    </div>
  );
}
