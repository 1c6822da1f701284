import { compilePackage, type ProcessPackage } from '../../engine/index.ts';

/**
 * Conditions of a flow's sequence flows as FEEL, those written for other engines in translation.
 * Compiled for it: a few milliseconds for the small diagrams without forms that ask.
 */
export async function conditionsOf(pkg: ProcessPackage): Promise<readonly string[]> {
  const { definition } = await compilePackage(pkg);
  const nodes = Object.values(definition?.scopes ?? {}).flatMap((scope) => Object.values(scope.nodes));
  return nodes.flatMap((node) => Object.values(node.conditions));
}
