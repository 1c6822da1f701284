import type { Finding, FindingSeverity } from '../engine/index.ts';

/** Collects what is wrong with one form. `path` is a JSON pointer into its schema, or into its ui schema after `ui:`. */
export type FormFindings = {
  readonly formId: string;
  add(severity: FindingSeverity, rule: string, path: string, message: string): void;
  readonly all: readonly Finding[];
};

/** Starts collecting for a form. The same rule at the same place is said once. */
export function createFormFindings(formId: string): FormFindings {
  const found = new Map<string, Finding>();
  return {
    formId,
    add(severity, rule, path, message) {
      found.set(`${rule} ${path}`, { rule, severity, message: `${message} (form ${formId})`, elementId: formId, path });
    },
    get all() {
      return [...found.values()];
    },
  };
}
