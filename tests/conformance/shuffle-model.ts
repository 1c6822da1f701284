/** What has children whose order means nothing. */
const containers = /^(definitions|process|subProcess|transaction|adHocSubProcess|collaboration)$/;

/** Children that may stand anywhere among each other: root elements, flow elements, artifacts, pools. */
const loose =
  /^(process|collaboration|message|signal|error|escalation|itemDefinition|\w*EventDefinition|sequenceFlow|messageFlow|participant|startEvent|endEvent|boundaryEvent|intermediate\w+Event|\w*[tT]ask|callActivity|subProcess|transaction|adHocSubProcess|\w+Gateway|dataObject\w*|dataStore\w*|association|group|textAnnotation)$/;

type Piece = { readonly name: string; readonly text: string };

/**
 * A model with the children of its definitions, processes and sub-processes in another order. Where nodes do not list their flows, the
 * flows keep theirs, since it says which condition is asked first.
 */
export function shuffleModel(xml: string, random: () => number): string {
  const listsFlows = /<([\w-]+:)?outgoing>/.test(xml);
  return shuffled(xml, random, listsFlows);
}

function shuffled(xml: string, random: () => number, listsFlows: boolean): string {
  const pieces = piecesOf(xml).map(({ name, text }) => ({
    name,
    text: containers.test(name) ? withInside(text, (inside) => shuffled(inside, random, listsFlows)) : text,
  }));
  const isLoose = ({ name }: Piece) => loose.test(name) && (listsFlows || name !== 'sequenceFlow');
  const places = pieces.flatMap((piece, index) => (isLoose(piece) ? [index] : []));
  const order = inAnyOrder(places, random);
  const result = [...pieces];
  for (const [index, place] of places.entries())
    result[place] = pieces[order[index] ?? place] ?? { name: '', text: '' };
  return result.map(({ text }) => text).join('');
}

function inAnyOrder<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Changes what stands between an element's tags. */
function withInside(text: string, change: (inside: string) => string): string {
  const parts = /^(<[^>]*[^/]>)([\s\S]*)(<\/[^>]*>)$/.exec(text);
  return parts ? `${parts[1]}${change(parts[2] ?? '')}${parts[3]}` : text;
}

/** Elements of a text with whatever stands between them, in order. */
function piecesOf(xml: string): Piece[] {
  const pieces: Piece[] = [];
  const tags =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)(?:[\w-]+:)?([\w-]+)(?:"[^"]*"|'[^']*'|[^>"'])*?(\/?)>/g;
  let depth = 0;
  let begun = 0;
  let done = 0;
  for (const tag of xml.matchAll(tags)) {
    const [whole, closing, name, empty] = tag;
    if (name === undefined) continue;
    if (closing !== '/' && depth === 0) {
      pieces.push({ name: '', text: xml.slice(done, tag.index) });
      begun = tag.index;
    }
    if (closing === '/') depth -= 1;
    else if (empty !== '/') depth += 1;
    if (depth > 0) continue;
    done = tag.index + whole.length;
    pieces.push({ name, text: xml.slice(begun, done) });
  }
  return [...pieces, { name: '', text: xml.slice(done) }];
}
