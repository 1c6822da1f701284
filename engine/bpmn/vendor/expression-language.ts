/** An expression of another engine as FEEL, or what in it has no FEEL. */
export type TranslatedExpression =
  | { readonly ok: true; readonly feel: string }
  | { readonly ok: false; readonly because: string };

/** Thrown while reading; `feelOfExpression` turns it into a value. Never leaves this file. */
class Unsaid extends Error {}

type Token = { readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end'; readonly text: string };

const words: ReadonlyMap<string, string> = new Map(
  [
    ...[
      ['eq', '=='],
      ['ne', '!='],
      ['lt', '<'],
      ['gt', '>'],
      ['le', '<='],
      ['ge', '>='],
    ],
    ...[
      ['and', '&&'],
      ['or', '||'],
      ['not', '!'],
      ['div', '/'],
      ['mod', '%'],
    ],
  ].map(([word = '', sign = '']) => [word, sign] as const),
);

const token =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)|(&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]]))/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const reading = new RegExp(token);
  const end = text.trimEnd().length;
  while (reading.lastIndex < end) {
    const [, number, quoted, name, sign] = reading.exec(text) ?? [];
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: unquoted(quoted) });
    else if (name !== undefined) tokens.push(wordToken(name));
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else throw new Unsaid('a character no expression has');
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

function wordToken(name: string): Token {
  const sign = words.get(name);
  return sign === undefined ? { kind: 'name', text: name } : { kind: 'sign', text: sign };
}

function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Signs from the loosest to the tightest, each with what FEEL writes. */
const levels: readonly ReadonlyMap<string, string>[] = [
  new Map([['||', 'or']]),
  new Map([['&&', 'and']]),
  new Map([
    ['==', '='],
    ['!=', '!='],
  ]),
  new Map([
    ['<', '<'],
    ['<=', '<='],
    ['>', '>'],
    ['>=', '>='],
  ]),
  new Map([
    ['+', '+'],
    ['-', '-'],
  ]),
  new Map([
    ['*', '*'],
    ['/', '/'],
    ['%', '%'],
  ]),
];

/** Most brackets, signs and conditions within each other. */
const deepest = 40;

class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  whole(): string {
    const feel = this.condition();
    if (this.next.kind !== 'end') throw new Unsaid(`${this.next.text} where an operator is expected`);
    return feel;
  }

  private get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: 'the end' };
  }

  private takes(sign: string): boolean {
    if (this.next.kind !== 'sign' || this.next.text !== sign) return false;
    this.at += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw new Unsaid(`${this.next.text} where ${sign} is expected`);
  }

  private condition(): string {
    this.depth += 1;
    if (this.depth > deepest) throw new Unsaid('an expression nested too deep');
    const asked = this.binary(0);
    this.depth -= 1;
    if (!this.takes('?')) return asked;
    const yes = this.condition();
    this.expect(':');
    return `if ${asked} then ${yes} else ${this.condition()}`;
  }

  private binary(level: number): string {
    const signs = levels[level];
    if (signs === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const feel = this.next.kind === 'sign' ? signs.get(this.next.text) : undefined;
      if (feel === undefined) return left;
      this.at += 1;
      const right = this.binary(level + 1);
      left = feel === '%' ? `modulo(${left}, ${right})` : `${left} ${feel} ${right}`;
    }
  }

  private unary(): string {
    if (this.takes('!')) return `not(${this.unary()})`;
    if (this.takes('-')) return `-${this.unary()}`;
    if (this.next.kind === 'name' && this.next.text === 'empty') {
      this.at += 1;
      const value = this.unary();
      return `(${value} = null or ${value} in ("", []))`;
    }
    return this.path(this.primary());
  }

  private primary(): string {
    const { kind, text } = this.next;
    this.at += 1;
    if (kind === 'number') return text;
    if (kind === 'text') return JSON.stringify(text);
    if (kind === 'name') return feelName(text);
    if (kind === 'sign' && text === '(') {
      const inner = this.condition();
      this.expect(')');
      return `(${inner})`;
    }
    throw new Unsaid(`${text} where a value is expected`);
  }

  private path(start: string): string {
    let path = start;
    for (;;) {
      if (this.takes('.')) path = this.member(path);
      else if (this.takes('[')) path = this.item(path);
      else if (this.next.text === '(' && this.next.kind === 'sign') throw new Unsaid(`a call of ${path}()`);
      else if (this.next.text === ':' && /^[a-z]+$/.test(path) && this.isCall()) throw new Unsaid(`a call of ${path}:`);
      else return path;
    }
  }

  private isCall(): boolean {
    return this.tokens[this.at + 1]?.kind === 'name' && this.tokens[this.at + 2]?.text === '(';
  }

  private member(path: string): string {
    const { kind, text } = this.next;
    if (kind !== 'name') throw new Unsaid(`${text} where a name is expected`);
    this.at += 1;
    if (this.next.text !== '(') return `${path}.${feelName(text)}`;
    const variable = this.tokens[this.at + 1];
    const read = path === 'execution' && text === 'getVariable' && variable?.kind === 'text';
    if (!read || this.tokens[this.at + 2]?.text !== ')') throw new Unsaid(`a call of ${path}.${text}()`);
    this.at += 3;
    return feelName(variable.text);
  }

  /** `list[0]` is the first there; `map['key']` an entry. */
  private item(path: string): string {
    const { kind, text } = this.next;
    this.at += 1;
    this.expect(']');
    if (kind === 'number') return `${path}[${Number(text) + 1}]`;
    if (kind === 'text') return `${path}.${feelName(text)}`;
    throw new Unsaid(`an index that is no number (${text})`);
  }
}

const renamed = /^nrOf(Completed|Active|)Instances$/;
const reserved: ReadonlySet<string> = new Set(
  'and or not if then else for in return some every satisfies between instance of function'.split(' '),
);

/** A variable's name as FEEL reads it; the counters of multi-instance have other names here. */
function feelName(name: string): string {
  const own = name.replace(renamed, 'numberOf$1Instances');
  return reserved.has(own) || !/^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/.test(own)
    ? `\`${own.replaceAll('`', '')}\``
    : own;
}

/** What stands inside `${…}` as FEEL: names, paths, literals, comparisons, logic and arithmetic. Anything else is refused by name. */
export function feelOfExpression(text: string): TranslatedExpression {
  try {
    return { ok: true, feel: new Reader(text).whole() };
  } catch (failure) {
    if (failure instanceof Unsaid) return { ok: false, because: failure.message };
    throw failure;
  }
}

/** A text of another engine: plain, an expression, or texts and expressions one after the other. */
export type ForeignText =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'feel'; readonly feel: string }
  | { readonly kind: 'unsaid'; readonly because: string };

/** Reads `${…}` and `#{…}` in a text. */
export function readForeignText(text: string): ForeignText {
  const parts = partsOf(text);
  if (parts === undefined) return { kind: 'unsaid', because: 'an expression that does not end' };
  if (parts.every(({ inside }) => inside === undefined)) return { kind: 'plain', text };
  const said: string[] = [];
  for (const { plain, inside } of parts) {
    if (inside === undefined) {
      if (plain !== '') said.push(JSON.stringify(plain));
      continue;
    }
    const translated = feelOfExpression(inside);
    if (!translated.ok) return { kind: 'unsaid', because: translated.because };
    said.push(parts.length === 1 ? translated.feel : `string(${translated.feel})`);
  }
  return { kind: 'feel', feel: said.join(' + ') };
}

type Part = { readonly plain: string; readonly inside?: string };

function partsOf(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  const trimmed = text.trim();
  let at = 0;
  while (at < trimmed.length) {
    const begin = trimmed.slice(at).search(/[$#]\{/);
    if (begin !== 0) parts.push({ plain: trimmed.slice(at, begin < 0 ? undefined : at + begin) });
    if (begin < 0) break;
    const end = endOfExpression(trimmed, at + begin + 2);
    if (end < 0) return undefined;
    parts.push({ plain: '', inside: trimmed.slice(at + begin + 2, end) });
    at = end + 1;
  }
  return parts;
}

/** Where the `}` stands that ends an expression; quoted ones do not. */
function endOfExpression(text: string, from: number): number {
  const piece = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'}]+|(\})/y;
  piece.lastIndex = from;
  for (let found = piece.exec(text); found; found = piece.exec(text)) {
    if (found[1] !== undefined) return piece.lastIndex - 1;
  }
  return -1;
}
