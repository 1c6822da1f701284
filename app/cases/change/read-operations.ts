import type { Modification } from '../../../engine/index.ts';

/** A place as a form's option says it: the element, and the flow a token counts as arriving by. */
export function placeValue(node: string, flow?: string): string {
  return flow === undefined ? node : `${node} ${flow}`;
}

/** Reads what a person chose for each token and scope of a case. Ids hold no blanks, so one parts element and flow. */
export function readOperations(form: FormData): readonly Modification[] {
  const within = Number(form.get('within') ?? '');
  const scope = Number.isInteger(within) && within > 0 ? { scope: within } : {};
  const place = (value: string) => {
    const [node = '', flow] = value.split(' ');
    return { node, ...scope, ...(flow === undefined ? {} : { flow }) };
  };
  const operations: Modification[] = [];
  for (const [name, value] of form) {
    if (typeof value !== 'string' || value === '') continue;
    const [, what, number] = /^(token|scope)-([1-9][0-9]{0,9})$/.exec(name) ?? [];
    const n = Number(number);
    if (name === 'add') operations.push({ kind: 'place-token', ...place(value) });
    else if (what === 'scope') operations.push({ kind: 'cancel-scope', scope: n });
    else if (what === 'token' && value === 'cancel') operations.push({ kind: 'cancel-token', token: n });
    else if (what === 'token' && value.startsWith('to:'))
      operations.push({ kind: 'move-token', token: n, ...place(value.slice('to:'.length)) });
  }
  return operations;
}
