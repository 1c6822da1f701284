/** A line of a CSV file with content. */
export type CsvRow = {
  /** Number of the line it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
};

/** One cell with what ends it: a comma, a line's end, or the text's. */
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads comma-separated values (RFC 4180), with or without a byte order mark. Lines without content are left out. */
export function parseCsv(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '');
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let begins = 1;
  for (cell.lastIndex = 0; ; ) {
    const at = cell.lastIndex;
    const match = cell.exec(source);
    // A quote in the middle of a cell: the rest of the line is taken as it stands.
    const [whole, quoted, plain, end] = match ?? looseCell(source, at);
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begins, cells });
    cells = [];
    begins = line;
    if (at + whole.length >= source.length) return rows;
  }
}

function looseCell(source: string, at: number): [string, undefined, string, string] {
  const rest = /[^\r\n]*/y;
  rest.lastIndex = at;
  const plain = rest.exec(source)?.[0] ?? '';
  const end = /^(\r\n|\n|\r)?/.exec(source.slice(at + plain.length))?.[0] ?? '';
  cell.lastIndex = at + plain.length + end.length;
  return [plain + end, undefined, plain, end];
}
