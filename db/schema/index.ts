export * from './cases.ts';
export * from './definitions.ts';
export * from './drafts.ts';
export * from './history.ts';
export * from './hospital.ts';
export * from './identity.ts';
export * from './tasks.ts';
export * from './work.ts';
