/** A row as texts, in the order of its columns; null is no value. */
export type TextRow = readonly (string | null)[];

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r', '\\t': '\t' };

/** A row in the text form of `copy`. */
export function copyLine(cells: TextRow): string {
  const written = cells.map((cell) =>
    cell === null ? '\\N' : cell.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found),
  );
  return `${written.join('\t')}\n`;
}

/** The row of a line `copyLine` wrote, without its end. */
export function readCopyLine(line: string): TextRow {
  return line
    .split('\t')
    .map((cell) => (cell === '\\N' ? null : cell.replace(/\\[\\nrt]/g, (found) => escaped[found] ?? found)));
}
