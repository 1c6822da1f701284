import { isPrototypeName, placeOf } from '../interchange/check-text.ts';
import type { Finding } from '../ir/finding.ts';

const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/** Longest id, in UTF-16 code units. */
const longestId = 255;

/** Ids that must not be: names of JavaScript's objects, and those nobody can read. */
export function idFindings(ids: Iterable<string>): Finding[] {
  return [...ids].flatMap((id) => {
    if (isPrototypeName(id))
      return [idFinding('reserved-id', id, 'an id that is not a name of JavaScript', `it is ${id}`)];
    if (id.length > longestId)
      return [idFinding('id-too-long', id, `an id of at most ${longestId} characters`, `it has ${id.length}`)];
    return [];
  });
}

function idFinding(rule: string, elementId: string, expected: string, but: string): Finding {
  return { rule, severity: 'error', message: `Expected ${expected}, but ${but}`, elementId };
}

/** What is not BPMN though it stands in the file: comments, character data, and what other tools keep in extension elements. */
const foreign =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<((?:[\w.-]+:)?extensionElements)(?:\s[^>]*)?(?<!\/)>[\s\S]*?<\/\1\s*>/g;

/** Element names of BPMN begin with a small letter; the reader takes capitals for the same. */
export function capitalFinding(source: string): Finding | undefined {
  // Blanking out what is foreign takes long in a large file, and mostly there is no such name even in that.
  return capitalIn(source) && capitalIn(source.replace(foreign, (part) => part.replace(/[^\n]/g, ' ')));
}

function capitalIn(xml: string): Finding | undefined {
  for (const [, prefix, uri] of xml.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']/g)) {
    if (uri !== model) continue;
    const capital = new RegExp(`<${prefix === undefined ? '' : `${prefix}:`}([A-Z][\\w.-]*)`).exec(xml);
    if (capital === null) continue;
    const place = placeOf(xml, capital.index);
    const message = `Expected elements of BPMN 2.0, but there is ${capital[1]} at ${place}`;
    return { rule: 'unknown-element', severity: 'error', message, path: place, params: { element: capital[1] ?? '' } };
  }
  return undefined;
}
