import type { Person } from '../../../engine/index.ts';

function member(id: string): Person {
  return { kind: 'person', id, name: id, roles: ['staff'], department: 'W1', credentials: [], onDuty: true };
}

/** Everybody who works in the simulated hospital; enough that somebody else is always there. */
export const staff: readonly Person[] = ['ann', 'bob', 'cai', 'dan'].map(member);
