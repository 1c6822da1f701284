/** Values of variables. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** Looks a variable up; `null` where there is none. */
export type Lookup = (name: string) => Value;

type Expression = (lookup: Lookup) => Value;

const known = new Map<string, Expression>();

/**
 * The little of FEEL random diagrams use: numbers, text, true, false, null, lists, names with dots, `+ - *`, comparisons, `and`, `or`, `not()`.
 * Written here so that an error in the engine's own evaluator is seen.
 */
export function evaluate(text: string, lookup: Lookup): Value {
  const parsed = known.get(text) ?? new Parser(text).parse();
  known.set(text, parsed);
  return parsed(lookup);
}

/** Names an expression reads. */
export function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  evaluate(text, (name) => {
    names.add(name);
    return null;
  });
  return names;
}

const token = /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|([A-Za-z_][\w.]*)|(<=|>=|!=|[-+*<>=()[\],]))/y;

type Lexeme = { readonly kind: 'number' | 'text' | 'name' | 'sign'; readonly text: string };

function lexemesOf(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match) throw new Error(`Expected an expression the oracle can read, but found ${text}`);
    const [, number, string, name, sign] = match;
    if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (string !== undefined) found.push({ kind: 'text', text: string });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

class Parser {
  private readonly lexemes: Lexeme[];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.lexemes = lexemesOf(text);
  }

  parse(): Expression {
    const expression = this.or();
    if (this.lexemes.length > 0) this.fail();
    return expression;
  }

  private fail(): never {
    throw new Error(`Expected an expression the oracle can read, but found ${this.text}`);
  }

  private take(...texts: readonly string[]): string | undefined {
    const [next] = this.lexemes;
    if (!next || next.kind === 'text' || next.kind === 'number' || !texts.includes(next.text)) return undefined;
    this.lexemes.shift();
    return next.text;
  }

  private or(): Expression {
    let left = this.and();
    while (this.take('or')) left = junction(left, this.and(), true);
    return left;
  }

  private and(): Expression {
    let left = this.comparison();
    while (this.take('and')) left = junction(left, this.comparison(), false);
    return left;
  }

  private comparison(): Expression {
    const left = this.sum();
    const sign = this.take('=', '!=', '<', '<=', '>', '>=');
    if (!sign) return left;
    const right = this.sum();
    return (lookup) => compare(sign, left(lookup), right(lookup));
  }

  private sum(): Expression {
    let left = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-'))
      left = arithmetic(sign, left, this.product());
    return left;
  }

  private product(): Expression {
    let left = this.primary();
    while (this.take('*')) left = arithmetic('*', left, this.primary());
    return left;
  }

  private primary(): Expression {
    if (this.take('(')) return this.closed(this.or(), ')');
    if (this.take('[')) return this.list();
    if (this.take('not')) {
      if (!this.take('(')) this.fail();
      const inner = this.closed(this.or(), ')');
      return (lookup) => {
        const value = inner(lookup);
        return typeof value === 'boolean' ? !value : null;
      };
    }
    const next = this.lexemes.shift();
    if (!next || next.kind === 'sign') this.fail();
    return atom(next);
  }

  private closed(expression: Expression, sign: string): Expression {
    if (!this.take(sign)) this.fail();
    return expression;
  }

  private list(): Expression {
    const items: Expression[] = [];
    while (!this.take(']')) {
      items.push(this.or());
      this.take(',');
    }
    return (lookup) => items.map((item) => item(lookup));
  }
}

function atom({ kind, text }: Lexeme): Expression {
  if (kind === 'number') return () => Number(text);
  if (kind === 'text') return () => text;
  if (text === 'true' || text === 'false') return () => text === 'true';
  if (text === 'null') return () => null;
  const [name = '', ...path] = text.split('.');
  return (lookup) => path.reduce<Value>(member, lookup(name));
}

function member(value: Value, name: string): Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && name in value
    ? (Object.entries(value).find(([key]) => key === name)?.[1] ?? null)
    : null;
}

function junction(left: Expression, right: Expression, decisive: boolean): Expression {
  return (lookup) => {
    const values = [left(lookup), right(lookup)];
    if (values.includes(decisive)) return decisive;
    return values.every((value) => value === !decisive) ? !decisive : null;
  };
}

function arithmetic(sign: string, left: Expression, right: Expression): Expression {
  return (lookup) => {
    const [a, b] = [left(lookup), right(lookup)];
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    if (sign === '*') return a * b;
    return sign === '+' ? a + b : a - b;
  };
}

function compare(sign: string, a: Value, b: Value): Value {
  if (sign === '=') return JSON.stringify(a) === JSON.stringify(b);
  if (sign === '!=') return JSON.stringify(a) !== JSON.stringify(b);
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}
