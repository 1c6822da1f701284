/**
 * What a pattern costs: `risky` names why it may take exponential time; `unbounded` counts its `*`, `+` and `{n,}`; `ways` in how many
 * ways its choices and bounded repetitions can be taken.
 */
export type PatternCost = { readonly risky?: string; readonly unbounded: number; readonly ways: number };

/** A group being read. `ways` of its current branch, `before` of the branches before it. */
type Group = { variable: boolean; alternation: boolean; ways: number; before: number };

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/;
const SMALL_REPEAT = 10;

/** Most ways a pattern may have: tried one after the other by a backtracking matcher (`a?a?a?…aaa…` has two to the number of them). */
const MAX_WAYS = 10_000;

type Quantifier = {
  readonly length: number;
  readonly unbounded: boolean;
  readonly least: number;
  readonly most: number;
};

/** How a quantifier at the head of `rest` repeats; undefined when there is none. */
function quantifierAt(rest: string): Quantifier | undefined {
  const match = QUANTIFIER.exec(rest);
  if (match === null) return undefined;
  const { length } = match[0];
  const head = rest[0];
  if (head === '?') return { length, unbounded: false, least: 0, most: 1 };
  if (head !== '{') return { length, unbounded: true, least: 0, most: Number.POSITIVE_INFINITY };
  const least = Number(match[1]);
  const most = match[2] === '' ? least : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
  return { length, unbounded: most > SMALL_REPEAT && most !== least, least, most };
}

/** Index behind a character class that begins at `from`. */
function endOfClass(pattern: string, from: number): number {
  let at = from + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at + 1;
}

function newGroup(): Group {
  return { variable: false, alternation: false, ways: 1, before: 0 };
}

/** In how many ways something that can be matched in `ways` is repeated. */
function repeatedWays(ways: number, { unbounded, least, most }: Quantifier): number {
  return unbounded ? ways : (most - least + 1) * ways ** most;
}

/**
 * Judges a regular expression by its form alone, erring on the safe side: a repeated group that itself repeats or
 * chooses, a back reference, and too many ways are refused. (Measured: `^(a+)+$` runs until it is killed.)
 */
export function patternCost(pattern: string): PatternCost {
  const groups: Group[] = [newGroup()];
  let unbounded = 0;
  let at = 0;
  const refused = (risky: string): PatternCost => ({ risky, unbounded, ways: MAX_WAYS });
  while (at < pattern.length) {
    const char = pattern[at];
    const top = groups.at(-1);
    if (top === undefined) return refused('unbalanced parentheses');
    let closed: Group | undefined;
    if (char === '\\') {
      if (/^\\(?:[1-9]|k<)/.test(pattern.slice(at, at + 3))) return refused('a back reference');
      at += 2;
    } else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') {
      groups.push(newGroup());
      at += 1;
      at += /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(pattern.slice(at, at + 80))?.[0].length ?? 0;
      continue;
    } else if (char === ')') {
      closed = groups.pop();
      at += 1;
    } else if (char === '|') {
      Object.assign(top, { alternation: true, before: top.before + top.ways, ways: 1 });
      at += 1;
      continue;
    } else at += 1;
    const quantifier = quantifierAt(pattern.slice(at, at + 40));
    const outer = groups.at(-1);
    if (outer === undefined) return refused('unbalanced parentheses');
    if (closed !== undefined) {
      const repeats = (quantifier?.most ?? 1) > SMALL_REPEAT;
      if (repeats && (closed.variable || closed.alternation)) return refused('a repetition inside a repeated group');
      outer.variable ||= closed.variable;
    }
    const ways = closed === undefined ? 1 : closed.before + closed.ways;
    outer.ways *= quantifier === undefined ? ways : repeatedWays(ways, quantifier);
    if (outer.ways > MAX_WAYS) return refused('too many ways to match');
    if (quantifier === undefined) continue;
    at += quantifier.length;
    if (quantifier.unbounded) unbounded += 1;
    if (quantifier.unbounded || quantifier.most > SMALL_REPEAT || quantifier.least !== quantifier.most)
      outer.variable = true;
  }
  const [whole] = groups;
  if (whole === undefined || groups.length !== 1) return refused('unbalanced parentheses');
  return { unbounded, ways: whole.before + whole.ways };
}
