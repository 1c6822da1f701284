import type { ReadModels } from '../../db/read-models.ts';
import { type Engine, hashPackage, type Person } from '../../engine/index.ts';
import type { ShippedPackage } from '../../processes/index.ts';
import type { InstallationFacts } from './installation-facts.server.ts';

/**
 * Publishes the flows that come with Meridian. A flow the hospital has changed since is left as it is;
 * one it has not changed follows the shipped files when those change.
 */
export async function publishShipped(parts: {
  tenantId: string;
  packages: readonly ShippedPackage[];
  engine: Engine;
  readModels: ReadModels;
  facts: InstallationFacts;
  by: Person;
  approvedBy: Person;
  say: (line: string) => void;
}): Promise<void> {
  const { tenantId, engine, facts, by, approvedBy, say } = parts;
  for (const { pkg } of parts.packages) {
    const factName = `shipped-flow:${pkg.key}`;
    const hash = hashPackage(pkg);
    const [lastShipped, current] = await Promise.all([
      facts.read(factName),
      parts.readModels.getPackage({ tenantId, key: pkg.key }),
    ]);
    const changedHere = current !== undefined && current.hash !== lastShipped;
    if (current?.hash === hash || changedHere) continue;
    say(`Publishing the flow ${pkg.title['zh-CN']} (${pkg.key}) …`);
    const published = await engine.publish({ tenantId, by, pkg, approvedBy });
    if (published.ok) await facts.write(factName, published.value.hash);
    else {
      const reasons = published.rejection.fields?.map(({ path, message }) => `  ${path}: ${message}`) ?? [];
      say([`The flow ${pkg.key} was not published: ${published.rejection.message}`, ...reasons].join('\n'));
    }
  }
}
