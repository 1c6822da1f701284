import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { type Canvas, type DiagramPool, openReadable, poolsOf, type Registry, revealElement } from './view-port.ts';

/** What stands on a diagram besides its elements: classes by element or flow id, and a number beside an element. */
export type DiagramMarks = {
  readonly classes: Readonly<Record<string, string>>;
  readonly badges: Readonly<Record<string, string>>;
};

/** What a page can do with a diagram it shows. */
export type ViewerHandle = {
  /** Pools of the diagram, top to bottom; a diagram without pools has none. */
  readonly pools: readonly DiagramPool[];
  show(marks: DiagramMarks): void;
  /** The whole diagram in view. */
  fit(): void;
  /** Brings an element to the middle at a scale at which names can be read. */
  reveal(elementId: string): void;
  destroy(): void;
};

type Markers = { addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void };
type Overlays = { add(id: string, overlay: { position: object; html: HTMLElement }): void; clear(): void };
function badge(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'diagram-badge';
  // Text only: names come from people and must never become markup.
  element.textContent = text;
  return element;
}

/** Shows a diagram for reading. Browser only. Rejects when the XML cannot be read. */
export async function createViewer(container: HTMLElement, xml: string): Promise<ViewerHandle> {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(xml);
  const canvas = viewer.get<Canvas & Markers>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  let shown: DiagramMarks['classes'] = {};
  const known = (ids: readonly string[]) => ids.filter((id) => registry.get(id) !== undefined);
  openReadable(canvas, registry);
  return {
    pools: poolsOf(registry),
    show(marks) {
      for (const id of known(Object.keys(shown))) canvas.removeMarker(id, shown[id] ?? '');
      overlays.clear();
      for (const id of known(Object.keys(marks.classes))) canvas.addMarker(id, marks.classes[id] ?? '');
      for (const id of known(Object.keys(marks.badges)))
        overlays.add(id, { position: { top: -12, right: 12 }, html: badge(marks.badges[id] ?? '') });
      shown = marks.classes;
    },
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    reveal: (elementId) => revealElement(canvas, registry, elementId),
    destroy: () => viewer.destroy(),
  };
}
