function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Form data without what the user left empty: no undefined, no empty text, no object without a field, no empty row.
 * An object the renderer made for an optional group of fields would otherwise count as half filled in.
 */
export function prune(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(prune).filter((item) => item !== undefined);
  if (!isObject(data)) return data === '' ? undefined : data;
  const kept = Object.entries(data)
    .map(([key, value]): [string, unknown] => [key, prune(value)])
    .filter(([, value]) => value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
