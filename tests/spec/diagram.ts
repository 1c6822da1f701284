/** Diagrams for tests, written as text: the few elements a test is about, nothing drawn. */
const namespaces = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:clinical="urn:meridian:clinical:1"',
].join(' ');

/** A whole file: processes and root elements (messages, errors …). */
export function definitions(...roots: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions ${namespaces} id="definitions" targetNamespace="urn:test">${roots.join('')}</bpmn:definitions>`;
}

/** An executable process. */
export function processOf(id: string, ...content: readonly string[]): string {
  return element('process', id, content.join(''), 'isExecutable="true"');
}

/** Any element: `element('userTask', 'A')`, with content and attributes where it has some. */
export function element(type: string, id: string, content = '', attributes = ''): string {
  return `<bpmn:${type} id="${id}"${attributes === '' ? '' : ` ${attributes}`}>${content}</bpmn:${type}>`;
}

/** Extension elements around zeebe and clinical ones. */
export function extension(...content: readonly string[]): string {
  return `<bpmn:extensionElements>${content.join('')}</bpmn:extensionElements>`;
}

/** A sequence flow `from_to`, or of the given id, with a condition where one is given. */
export function flow(from: string, to: string, condition?: string, id = `${from}_${to}`): string {
  const inside =
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${attributeText(condition)}</bpmn:conditionExpression>`;
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${inside}</bpmn:sequenceFlow>`;
}

/** Flows along a chain: `chain('start A B end')`. */
export function chain(ids: string): string {
  const nodes = ids.split(/\s+/).filter((id) => id !== '');
  return nodes
    .slice(1)
    .map((to, index) => flow(nodes[index] ?? '', to))
    .join('');
}

/** A service task that asks a connector. */
export function job(id: string, type = `job.${id}`, more = ''): string {
  return element('serviceTask', id, extension(`<zeebe:taskDefinition type="${type}" />`, more));
}

/** A script task that writes a variable. */
export function script(id: string, variable: string, feel: string): string {
  return element(
    'scriptTask',
    id,
    extension(`<zeebe:script expression="=${attributeText(feel)}" resultVariable="${variable}" />`),
  );
}

/** Input and output mappings: `{ target: '=source' }`. */
export function io(inputs: Record<string, string>, outputs: Record<string, string> = {}): string {
  const line =
    (tag: string) =>
    ([target, source]: [string, string]) =>
      `<zeebe:${tag} source="${attributeText(source)}" target="${target}" />`;
  return `<zeebe:ioMapping>${Object.entries(inputs).map(line('input')).join('')}${Object.entries(outputs).map(line('output')).join('')}</zeebe:ioMapping>`;
}

/** An event definition: `on('timer', '<bpmn:timeDuration>PT1H</bpmn:timeDuration>')`. */
export function on(kind: string, content = '', attributes = ''): string {
  return `<bpmn:${kind}EventDefinition${attributes === '' ? '' : ` ${attributes}`}>${content}</bpmn:${kind}EventDefinition>`;
}

/** A timer definition. */
export function timer(kind: 'timeDuration' | 'timeDate' | 'timeCycle', text: string): string {
  return on('timer', `<bpmn:${kind}>${text}</bpmn:${kind}>`);
}

/** A boundary event. */
export function boundary(id: string, host: string, definition: string, interrupting = true): string {
  return element('boundaryEvent', id, definition, `attachedToRef="${host}" cancelActivity="${interrupting}"`);
}

/** A message with its correlation key. */
export function message(id: string, name: string, correlationKey?: string): string {
  const key =
    correlationKey === undefined ? '' : extension(`<zeebe:subscription correlationKey="${correlationKey}" />`);
  return element('message', id, key, `name="${name}"`);
}

function attributeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
