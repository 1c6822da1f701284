function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The English that data bring for a text: `basisEn` stands beside `basis`, as `nameEn` beside `name`. */
export function englishBeside(holder: unknown, name: string): string | undefined {
  const english = isObject(holder) ? holder[`${name}En`] : undefined;
  return typeof english === 'string' && english !== '' ? english : undefined;
}

/** The English beside the field of this id (`root_lines_0_name`), wherever it lies in the form's data. */
export function englishOfField(data: unknown, id: string): string | undefined {
  return find(data, id.replace(/^root_/, ''));
}

function find(holder: unknown, rest: string): string | undefined {
  if (isObject(holder) && Object.hasOwn(holder, rest)) return englishBeside(holder, rest);
  const members = Array.isArray(holder) ? [...holder.entries()] : isObject(holder) ? Object.entries(holder) : [];
  for (const [key, inner] of members) {
    const found = rest.startsWith(`${key}_`) ? find(inner, rest.slice(`${key}_`.length)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
