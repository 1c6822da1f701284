/** What a pattern costs: `risky` names why it may take exponential time; `unbounded` counts its `*`, `+` and `{n,}`. */
export type PatternCost = { readonly risky?: string; readonly unbounded: number };

type Group = { variable: boolean; alternation: boolean };

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/;
const SMALL_REPEAT = 10;

/** How a quantifier at the head of `rest` repeats; undefined when there is none. */
function quantifierAt(rest: string): { length: number; unbounded: boolean; repeats: boolean } | undefined {
  const match = QUANTIFIER.exec(rest);
  if (match === null) return undefined;
  const head = rest[0];
  if (head === '?') return { length: match[0].length, unbounded: false, repeats: false };
  if (head !== '{') return { length: match[0].length, unbounded: true, repeats: true };
  const least = Number(match[1]);
  const most = match[2] === '' ? least : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
  const unbounded = most > SMALL_REPEAT && most !== least;
  return { length: match[0].length, unbounded, repeats: most > SMALL_REPEAT };
}

/** Index behind a character class that begins at `from`. */
function endOfClass(pattern: string, from: number): number {
  let at = from + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at + 1;
}

/**
 * Judges a regular expression by its form alone, erring on the safe side: a repeated group that itself repeats or
 * chooses, and a back reference, are refused. (Measured: `^(a+)+$` runs until it is killed.)
 */
export function patternCost(pattern: string): PatternCost {
  const groups: Group[] = [{ variable: false, alternation: false }];
  let unbounded = 0;
  let at = 0;
  while (at < pattern.length) {
    const char = pattern[at];
    const top = groups.at(-1);
    if (top === undefined) return { risky: 'unbalanced parentheses', unbounded };
    let closed: Group | undefined;
    if (char === '\\') {
      if (/^\\(?:[1-9]|k<)/.test(pattern.slice(at))) return { risky: 'a back reference', unbounded };
      at += 2;
    } else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') {
      groups.push({ variable: false, alternation: false });
      at += 1;
      at += /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(pattern.slice(at))?.[0].length ?? 0;
      continue;
    } else if (char === ')') {
      closed = groups.pop();
      at += 1;
    } else if (char === '|') {
      top.alternation = true;
      at += 1;
      continue;
    } else at += 1;
    const quantifier = quantifierAt(pattern.slice(at));
    const outer = groups.at(-1);
    if (closed !== undefined && outer !== undefined) {
      if (quantifier?.repeats && (closed.variable || closed.alternation)) {
        return { risky: 'a repetition inside a repeated group', unbounded };
      }
      outer.variable ||= closed.variable;
    }
    if (quantifier === undefined) continue;
    at += quantifier.length;
    if (quantifier.unbounded) unbounded += 1;
    if (outer !== undefined && (quantifier.unbounded || quantifier.repeats || pattern[at - 1] === '?')) {
      outer.variable = true;
    }
  }
  return groups.length === 1 ? { unbounded } : { risky: 'unbalanced parentheses', unbounded };
}
