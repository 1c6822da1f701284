import { problem } from '../problem.ts';

const longestField = 200;

/**
 * A field of a form our own pages always send.
 * @throws a 422 answer that names the field when it is missing
 */
export function requireText(form: FormData, name: string, longest = longestField): string {
  const value = form.get(name);
  if (typeof value !== 'string' || value === '' || value.length > longest) {
    throw problem({ status: 422, code: 'field', params: { field: name } });
  }
  return value;
}

/** A field that may be left empty. */
export function optionalText(form: FormData, name: string, longest = longestField): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, longest) : undefined;
}
