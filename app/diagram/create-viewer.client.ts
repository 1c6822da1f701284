import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

/** What stands on a diagram besides its elements: classes by element or flow id, and a number beside an element. */
export type DiagramMarks = {
  readonly classes: Readonly<Record<string, string>>;
  readonly badges: Readonly<Record<string, string>>;
};

/** What a page can do with a diagram it shows. */
export type ViewerHandle = {
  show(marks: DiagramMarks): void;
  fit(): void;
  /** Brings an element to the middle at a scale at which names can be read. */
  reveal(elementId: string): void;
  destroy(): void;
};

type Point = { readonly x: number; readonly y: number };
type Box = Point & { readonly width: number; readonly height: number };
type Canvas = {
  zoom(level: 'fit-viewport', center?: 'auto'): number;
  zoom(level: number, center: Point): number;
  zoom(): number;
  viewbox(): Box;
  viewbox(box: Box): void;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  getAbsoluteBBox(element: object): Box;
  getSize(): { readonly width: number; readonly height: number };
};

/** Smallest scale at which the names of elements can be read. */
const readable = 0.7;
type Overlays = { add(id: string, overlay: { position: object; html: HTMLElement }): void; clear(): void };
type Registry = { get(id: string): object | undefined };

function badge(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'diagram-badge';
  // Text only: names come from people and must never become markup.
  element.textContent = text;
  return element;
}

function centre(canvas: Canvas, element: object): void {
  const { scale, inner } = { scale: Math.max(canvas.zoom(), readable), inner: canvas.getSize() };
  const shown = canvas.viewbox();
  const box = canvas.getAbsoluteBBox(element);
  // The box is in pixels of the container at the present scale; the viewbox is in the diagram's own units.
  const middle = {
    x: shown.x + (box.x + box.width / 2) / canvas.zoom(),
    y: shown.y + (box.y + box.height / 2) / canvas.zoom(),
  };
  const [width, height] = [inner.width / scale, inner.height / scale];
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

/** Shows a diagram for reading. Browser only. Rejects when the XML cannot be read. */
export async function createViewer(container: HTMLElement, xml: string): Promise<ViewerHandle> {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(xml);
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  let shown: DiagramMarks['classes'] = {};
  const known = (ids: readonly string[]) => ids.filter((id) => registry.get(id) !== undefined);
  canvas.zoom('fit-viewport', 'auto');
  return {
    show(marks) {
      for (const id of known(Object.keys(shown))) canvas.removeMarker(id, shown[id] ?? '');
      overlays.clear();
      for (const id of known(Object.keys(marks.classes))) canvas.addMarker(id, marks.classes[id] ?? '');
      for (const id of known(Object.keys(marks.badges)))
        overlays.add(id, { position: { top: -12, right: 12 }, html: badge(marks.badges[id] ?? '') });
      shown = marks.classes;
    },
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    reveal(elementId) {
      const element = registry.get(elementId);
      if (element) centre(canvas, element);
    },
    destroy: () => viewer.destroy(),
  };
}
