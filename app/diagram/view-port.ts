/** A pool to go to. */
export type DiagramPool = { readonly id: string; readonly name: string };

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What is needed of bpmn-js' canvas. */
export type Canvas = {
  zoom(level: 'fit-viewport', center?: 'auto'): number;
  zoom(): number;
  viewbox(): Box;
  viewbox(box: Box): void;
  getAbsoluteBBox(element: object): Box;
  getSize(): { readonly width: number; readonly height: number };
};

/** Smallest scale at which the names of elements can be read. */
const readable = 0.7;
type Shape = {
  readonly id: string;
  readonly type: string;
  readonly y: number;
  readonly businessObject: { readonly name?: string };
};
/** What is needed of bpmn-js' element registry. */
export type Registry = { get(id: string): object | undefined; filter(keep: (element: Shape) => boolean): Shape[] };

const isPool = (element: object) => Reflect.get(element, 'type') === 'bpmn:Participant';

/** Pools with a process in them: black boxes are seen with their neighbours. */
export function poolsOf(registry: Registry): DiagramPool[] {
  const pools = registry.filter(
    ({ type, businessObject }) =>
      type === 'bpmn:Participant' && Reflect.get(businessObject, 'processRef') !== undefined,
  );
  return pools.sort((a, b) => a.y - b.y).map(({ id, businessObject }) => ({ id, name: businessObject.name ?? id }));
}

/** A large diagram opens where it begins, at a scale at which it can be read; a small one whole. */
export function openReadable(canvas: Canvas, registry: Registry): void {
  if (canvas.zoom('fit-viewport', 'auto') >= readable) return;
  const [first] = poolsOf(registry);
  const element = first && registry.get(first.id);
  if (element) corner(canvas, element);
}

/** Shows the upper left corner of an element at a readable scale. */
function corner(canvas: Canvas, element: object): void {
  const { width, height } = canvas.getSize();
  const box = canvas.getAbsoluteBBox(element);
  const shown = canvas.viewbox();
  const margin = 20;
  const [x, y] = [shown.x + box.x / canvas.zoom() - margin, shown.y + box.y / canvas.zoom() - margin];
  canvas.viewbox({ x, y, width: width / readable, height: height / readable });
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

/** Brings an element to where it can be read: a pool by its corner, anything else to the middle. Nothing on a canvas that is hidden. */
export function revealElement(canvas: Canvas, registry: Registry, elementId: string): void {
  const element = registry.get(elementId);
  const { width, height } = canvas.getSize();
  if (element && width > 0 && height > 0) (isPool(element) ? corner : centre)(canvas, element);
}
