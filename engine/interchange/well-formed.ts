/** The first thing in a text that is no well-formed XML, and where it stands. */
export type Offence = { readonly at: number; readonly expected: string; readonly but: string; readonly rule?: string };

/** Limits of the shape of a document. */
export type ShapeLimits = { readonly depth: number; readonly elements: number; readonly attributes: number };

type Open = { readonly name: string; readonly prefixes: ReadonlySet<string> };

type Reading = {
  readonly xml: string;
  readonly limits: ShapeLimits;
  readonly open: Open[];
  at: number;
  elements: number;
};

const nameStart =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\ud800-\\udfff';
const name = `[${nameStart}][${nameStart}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*`;
const declaration =
  /<\?xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/y;
const strayReference = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/;

/**
 * Looks whether a text is one well-formed document with namespaces (XML 1.0), in one pass and without building anything. The libraries
 * that read it later let much pass that is none.
 */
export function findOffence(xml: string, limits: ShapeLimits): Offence | undefined {
  const reading: Reading = { xml, limits, open: [], at: xml.startsWith('\ufeff') ? 1 : 0, elements: 0 };
  const first = skipDeclaration(reading);
  if (first) return first;
  while (reading.at < xml.length) {
    const offence = xml[reading.at] === '<' ? readMarkup(reading) : readText(reading);
    if (offence) return offence;
  }
  const unclosed = reading.open.at(-1);
  if (unclosed) return offenceAt(reading.at, `the end of ${unclosed.name}`, 'the file ends');
  return reading.elements === 0 ? offenceAt(0, 'an element', 'there is none') : undefined;
}

function offenceAt(at: number, expected: string, but: string, rule?: string): Offence {
  return { at, expected, but, ...(rule === undefined ? {} : { rule }) };
}

function skipDeclaration(reading: Reading): Offence | undefined {
  if (!/^<\?xml\s/.test(reading.xml.slice(reading.at, reading.at + 6))) return undefined;
  declaration.lastIndex = reading.at;
  if (!declaration.test(reading.xml)) return offenceAt(reading.at, 'a declaration of XML', 'it is none');
  reading.at = declaration.lastIndex;
  return undefined;
}

function readText(reading: Reading): Offence | undefined {
  const { xml, at, open } = reading;
  const next = xml.indexOf('<', at);
  const text = xml.slice(at, next < 0 ? undefined : next);
  reading.at = at + text.length;
  if (open.length === 0) {
    const stray = text.search(/\S/);
    return stray < 0 ? undefined : offenceAt(at + stray, 'nothing beside the root element', 'there is text');
  }
  const end = text.indexOf(']]>');
  if (end >= 0) return offenceAt(at + end, 'text without ]]>', 'it stands there');
  return findStray(text, at);
}

function findStray(text: string, at: number): Offence | undefined {
  const stray = text.search(strayReference);
  return stray < 0
    ? undefined
    : offenceAt(at + stray, 'a reference XML knows', `there is ${text.slice(stray, stray + 12)}`);
}

function readMarkup(reading: Reading): Offence | undefined {
  const { xml, at } = reading;
  if (xml.startsWith('<!--', at)) return readComment(reading);
  if (xml.startsWith('<![CDATA[', at)) {
    if (reading.open.length === 0) return offenceAt(at, 'nothing beside the root element', 'there is character data');
    return skipTo(reading, ']]>', 'character data');
  }
  if (xml.startsWith('<?', at)) return readInstruction(reading);
  return xml.startsWith('</', at) ? readEndTag(reading) : readStartTag(reading);
}

function skipTo(reading: Reading, mark: string, what: string): Offence | undefined {
  const end = reading.xml.indexOf(mark, reading.at);
  if (end < 0) return offenceAt(reading.at, `the end of ${what}`, 'the file ends');
  reading.at = end + mark.length;
  return undefined;
}

function readComment(reading: Reading): Offence | undefined {
  const inside = reading.at + '<!--'.length;
  const dashes = reading.xml.indexOf('--', inside);
  if (dashes >= 0 && reading.xml[dashes + 2] !== '>')
    return offenceAt(dashes, 'a comment without two hyphens', 'it has them');
  reading.at = inside;
  return skipTo(reading, '-->', 'a comment');
}

const instruction = new RegExp(`<\\?(${name})(?:\\s|\\?>)`, 'uy');

function readInstruction(reading: Reading): Offence | undefined {
  instruction.lastIndex = reading.at;
  const target = instruction.exec(reading.xml)?.[1];
  if (target === undefined || target.toLowerCase() === 'xml')
    return offenceAt(reading.at, 'an instruction with a name', 'it has none it may have');
  return skipTo(reading, '?>', 'an instruction');
}

const endTag = new RegExp(`</(${name})\\s*>`, 'uy');

function readEndTag(reading: Reading): Offence | undefined {
  endTag.lastIndex = reading.at;
  const found = endTag.exec(reading.xml);
  const open = reading.open.pop();
  if (!found) return offenceAt(reading.at, 'an end tag', 'it is none');
  if (open?.name !== found[1])
    return offenceAt(reading.at, open ? `the end of ${open.name}` : 'nothing', `there is the end of ${found[1]}`);
  reading.at = endTag.lastIndex;
  return undefined;
}

const tagName = new RegExp(`<(${name})`, 'uy');
const attribute = new RegExp(`\\s+(${name})\\s*=\\s*("[^"<]*"|'[^'<]*')`, 'uy');
const tagEnd = /\s*(\/?)>/y;

function readStartTag(reading: Reading): Offence | undefined {
  const { xml, at, open, limits } = reading;
  if (open.length === 0 && reading.elements > 0) return offenceAt(at, 'one root element', 'there is another');
  tagName.lastIndex = at;
  const tag = tagName.exec(xml)?.[1];
  if (tag === undefined) return offenceAt(at, 'a tag', 'it is none');
  const attributes = readAttributes(xml, at + 1 + tag.length, limits.attributes);
  if ('expected' in attributes) return attributes;
  tagEnd.lastIndex = attributes.end;
  const closing = tagEnd.exec(xml);
  if (!closing) return offenceAt(attributes.end, `attributes and the end of the tag ${tag}`, 'something else stands');
  const prefixes = prefixesWith(open.at(-1)?.prefixes, attributes.values);
  const unknown = [tag, ...attributes.values.keys()].find((one) => !isDeclared(one, prefixes));
  if (unknown !== undefined) return offenceAt(at, `a declared prefix of ${unknown}`, 'it is not declared');
  reading.elements += 1;
  reading.at = tagEnd.lastIndex;
  if (reading.elements > limits.elements)
    return offenceAt(at, `at most ${limits.elements} elements`, 'the file has more', 'too-many-elements');
  if (closing[1] !== '/') open.push({ name: tag, prefixes });
  if (open.length > limits.depth) return offenceAt(at, `at most ${limits.depth} levels`, 'there are more', 'too-deep');
  return undefined;
}

type Attributes = { readonly values: ReadonlyMap<string, string>; readonly end: number };

function readAttributes(xml: string, from: number, most: number): Attributes | Offence {
  const values = new Map<string, string>();
  let end = from;
  for (;;) {
    attribute.lastIndex = end;
    const found = attribute.exec(xml);
    const [, key, quoted] = found ?? [];
    if (key === undefined || quoted === undefined) return { values, end };
    if (values.size >= most) return offenceAt(end, `at most ${most} attributes`, 'there are more', 'too-many-elements');
    if (values.has(key)) return offenceAt(end, `the attribute ${key} once`, 'it stands twice');
    const stray = findStray(quoted, attribute.lastIndex - quoted.length);
    if (stray) return stray;
    values.set(key, quoted.slice(1, -1));
    end = attribute.lastIndex;
  }
}

const known: ReadonlySet<string> = new Set(['xml', 'xmlns']);

function prefixesWith(
  around: ReadonlySet<string> = known,
  attributes: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const own = [...attributes].flatMap(([key, value]) =>
    key.startsWith('xmlns:') && value !== '' ? [key.slice(6)] : [],
  );
  return own.length === 0 ? around : new Set([...around, ...own]);
}

function isDeclared(qualified: string, prefixes: ReadonlySet<string>): boolean {
  const parts = qualified.split(':');
  if (parts.length === 1) return true;
  if (parts.length > 2 || parts.includes('')) return false;
  return parts[0] === 'xmlns' || prefixes.has(parts[0] ?? '');
}
