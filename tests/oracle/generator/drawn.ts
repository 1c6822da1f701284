/** An XML element as it is drawn, before it is text. */
export type Drawn = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Drawn | string)[];
};

/** An element of BPMN: `bpmn('userTask', { id: 'A' })`. */
export function bpmn(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Drawn | string)[]
): Drawn {
  return { tag: `bpmn:${tag}`, attributes, children };
}

/** Extension elements around elements of another namespace. */
export function extension(...content: readonly Drawn[]): Drawn {
  return bpmn('extensionElements', {}, ...content);
}

/** An extension element: `zeebe('script', { expression: '=1' })`. */
export function zeebe(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Drawn[]): Drawn {
  return { tag: `zeebe:${tag}`, attributes, children };
}

/** Text of a file. */
export function toXml(drawn: Drawn): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(drawn, '')}`;
}

function render({ tag, attributes, children }: Drawn, indent: string): string {
  const names = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const opening = `${indent}<${tag}${names.join('')}`;
  if (children.length === 0) return `${opening} />\n`;
  const [only] = children;
  if (children.length === 1 && typeof only === 'string') return `${opening}>${escaped(only)}</${tag}>\n`;
  const content = children.map((child) => (typeof child === 'string' ? escaped(child) : render(child, `${indent}  `)));
  return `${opening}>\n${content.join('')}${indent}</${tag}>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
