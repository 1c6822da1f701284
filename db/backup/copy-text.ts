const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A row in the text form of `copy … from stdin`; null is no value. */
export function copyLine(cells: readonly (string | null)[]): string {
  const written = cells.map((cell) =>
    cell === null ? '\\N' : cell.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found),
  );
  return `${written.join('\t')}\n`;
}
