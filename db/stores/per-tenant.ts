/** Makes one thing for each hospital, when it is first asked for: a statement sees one hospital's rows, so a batch is of one hospital. */
export function perTenant<T>(make: (tenantId: string) => T): (tenantId: string) => T {
  const made = new Map<string, T>();
  return (tenantId) => {
    const known = made.get(tenantId);
    if (known !== undefined) return known;
    const fresh = make(tenantId);
    made.set(tenantId, fresh);
    return fresh;
  };
}
