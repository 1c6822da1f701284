import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { problem } from '../problem.ts';
import { type Area, areaOf, mayEnter } from './areas.ts';

/**
 * Who is signed in. Pages without a session are turned away before any loader runs, so this never fails for a visitor.
 * @throws a 403 answer should that guard ever be missed
 */
export function requirePerson(context: AppLoadContext): Person {
  if (!context.person) throw problem({ status: 403 });
  return context.person;
}

/**
 * The signed-in person, if they may enter the area.
 * @throws a 403 answer that names the roles, or 404 for an area this installation does not have
 */
export function requireArea(context: AppLoadContext, key: Area['key']): Person {
  const person = requirePerson(context);
  const area = areaOf(key);
  if (area.demoOnly && !context.services.demo) throw problem({ status: 404 });
  if (!mayEnter(area, person, context.services.demo)) {
    throw problem({ status: 403, code: 'role', roles: area.roles === 'everybody' ? [] : area.roles });
  }
  return person;
}
