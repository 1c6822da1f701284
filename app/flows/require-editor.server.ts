import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { problem } from '../problem.ts';
import { requireArea } from '../security/require.server.ts';

const editors = ['process-owner', 'process-reviewer'];

/** Whether somebody may change flows; others in the area may only look. */
export function mayEdit(person: Person): boolean {
  return person.roles.some((role) => editors.includes(role));
}

/**
 * The signed-in person, if they may change flows.
 * @throws a 403 answer that names the roles
 */
export function requireEditor(context: AppLoadContext): Person {
  const person = requireArea(context, 'flows');
  if (!mayEdit(person)) throw problem({ status: 403, code: 'role', roles: editors });
  return person;
}
