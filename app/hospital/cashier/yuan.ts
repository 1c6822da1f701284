/** Reads an amount in yuan as fen; undefined when it is none. Up to 999 999.99 yuan. */
export function readYuan(text: string): number | undefined {
  const parts = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!parts) return undefined;
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}
