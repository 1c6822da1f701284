type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asksForPresence(alternatives: unknown): boolean {
  return (
    Array.isArray(alternatives) &&
    alternatives.every((one) => isNode(one) && Object.keys(one).every((key) => key === 'required'))
  );
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  return isNode(value) ? forRendering(value) : value;
}

/**
 * A schema as the renderer should see it: without "one of these fields must be there" rules. It would ask the reader to
 * choose between nameless alternatives; the server checks the rule and names the field.
 */
export function forRendering(schema: Node): Node {
  const shown = Object.entries(schema).filter(
    ([key, value]) => !((key === 'anyOf' || key === 'oneOf') && asksForPresence(value)),
  );
  return Object.fromEntries(shown.map(([key, value]) => [key, strip(value)]));
}
