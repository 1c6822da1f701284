/** A part of the product with its own address. */
export type Area = {
  readonly key: 'inbox' | 'start' | 'cases' | 'cashier' | 'flows' | 'operations' | 'audit' | 'demo';
  readonly path: string;
  /** Roles of which one is needed; `everybody` who is signed in otherwise. */
  readonly roles: 'everybody' | readonly string[];
  /** Exists in the demonstration only. */
  readonly demoOnly?: boolean;
};

/** The parts in order of the navigation. Who may enter is decided here, for the menu and for the pages alike. */
export const areas: readonly Area[] = [
  { key: 'inbox', path: '/inbox', roles: 'everybody' },
  { key: 'start', path: '/start', roles: 'everybody' },
  { key: 'cases', path: '/cases', roles: 'everybody' },
  { key: 'cashier', path: '/cashier', roles: ['clerk', 'clerk-supervisor', 'finance-auditor', 'finance-head'] },
  { key: 'flows', path: '/flows', roles: ['process-owner', 'process-reviewer', 'auditor', 'system-admin'] },
  { key: 'operations', path: '/operations', roles: ['system-admin', 'process-owner', 'medical-office'] },
  { key: 'audit', path: '/audit', roles: ['auditor'] },
  { key: 'demo', path: '/demo', roles: 'everybody', demoOnly: true },
];

/** The area with this key. */
export function areaOf(key: Area['key']): Area {
  const area = areas.find((candidate) => candidate.key === key);
  if (!area) throw new Error(`Expected an area "${key}", but there is none.`);
  return area;
}

/** Whether somebody with these roles may enter. */
export function mayEnter(area: Area, who: { readonly roles: readonly string[] }, demo: boolean): boolean {
  if (area.demoOnly && !demo) return false;
  return area.roles === 'everybody' || area.roles.some((role) => who.roles.includes(role));
}
