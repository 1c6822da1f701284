/** An element with its names as written; attribute values and texts keep their entities, so that writing gives back what was read. */
export type XmlElement = {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
};

/** Text, character data, a comment or an instruction, with its marks. */
export type XmlPiece = { readonly kind: 'text' | 'cdata' | 'comment' | 'instruction'; readonly source: string };

/** A node of a document. */
export type XmlNode = XmlElement | XmlPiece;

type Open = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly children: XmlNode[] };

const markup = [
  { kind: 'cdata', begin: '<![CDATA[', end: ']]>' },
  { kind: 'comment', begin: '<!--', end: '-->' },
  { kind: 'instruction', begin: '<?', end: '?>' },
  { kind: 'instruction', begin: '<!', end: '>' },
] as const;

/** Deepest document that is read; the walks over it are recursive. */
const deepest = 500;

/** Reads a document into its nodes, white space and comments included. Nothing where it is not well-formed. */
export function parseXml(xml: string): readonly XmlNode[] | undefined {
  const top: Open = { name: '', attributes: new Map(), children: [] };
  const open: Open[] = [top];
  let at = 0;
  while (at < xml.length) {
    const parent = open.at(-1);
    if (parent === undefined || open.length > deepest) return undefined;
    const piece = pieceAt(xml, at);
    if (piece !== undefined) {
      parent.children.push(piece);
      at += piece.source.length;
      continue;
    }
    const tag = tagAt(xml, at);
    if (tag === undefined) return undefined;
    at = tag.end;
    if (tag.closes) {
      const done = open.pop();
      if (done?.name !== tag.name) return undefined;
      open.at(-1)?.children.push({ kind: 'element', ...done });
    } else {
      const element: Open = { name: tag.name, attributes: tag.attributes, children: [] };
      if (tag.empty) parent.children.push({ kind: 'element', ...element });
      else open.push(element);
    }
  }
  return open.length === 1 ? top.children : undefined;
}

function pieceAt(xml: string, at: number): XmlPiece | undefined {
  if (xml[at] !== '<') {
    const next = xml.indexOf('<', at);
    return { kind: 'text', source: xml.slice(at, next < 0 ? undefined : next) };
  }
  const kind = markup.find(({ begin }) => xml.startsWith(begin, at));
  if (kind === undefined) return undefined;
  const end = xml.indexOf(kind.end, at + kind.begin.length);
  return end < 0 ? undefined : { kind: kind.kind, source: xml.slice(at, end + kind.end.length) };
}

type Tag = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly closes: boolean;
  readonly empty: boolean;
  readonly end: number;
};

function tagAt(xml: string, at: number): Tag | undefined {
  const head = /<(\/?)([^\s/>"'=<]+)/y;
  head.lastIndex = at;
  const [whole, slash, name] = head.exec(xml) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const attribute = /\s+([^\s/>"'=<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  attribute.lastIndex = at + whole.length;
  const attributes = new Map<string, string>();
  let end = attribute.lastIndex;
  for (let found = attribute.exec(xml); found; found = attribute.exec(xml)) {
    attributes.set(found[1] ?? '', found[2] ?? (found[3] ?? '').replaceAll('"', '&quot;'));
    end = attribute.lastIndex;
  }
  const tail = /\s*(\/?)>/y;
  tail.lastIndex = end;
  const closing = tail.exec(xml);
  if (!closing) return undefined;
  return { name, attributes, closes: slash === '/', empty: closing[1] === '/', end: tail.lastIndex };
}

/** Writes nodes as text. */
export function writeXml(nodes: readonly XmlNode[]): string {
  return nodes.map((node) => (node.kind === 'element' ? writeElement(node) : node.source)).join('');
}

function writeElement({ name, attributes, children }: XmlElement): string {
  const written = [...attributes].map(([attribute, value]) => ` ${attribute}="${value}"`).join('');
  return children.length === 0 ? `<${name}${written} />` : `<${name}${written}>${writeXml(children)}</${name}>`;
}

/** The element a document consists of. */
export function rootOf(nodes: readonly XmlNode[]): XmlElement | undefined {
  return nodes.find((node) => node.kind === 'element');
}

/** Elements directly inside. */
export function elementsIn(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((node) => node.kind === 'element');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A text or attribute value with its entities put in. */
export function decodeEntities(source: string): string {
  return source.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What an element says in its own text, character data included. */
export function textIn(element: XmlElement): string {
  return element.children
    .map((node) => {
      if (node.kind === 'text') return decodeEntities(node.source);
      return node.kind === 'cdata' ? node.source.slice('<![CDATA['.length, -']]>'.length) : '';
    })
    .join('');
}
