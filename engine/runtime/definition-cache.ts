import { createHash } from 'node:crypto';
import { compilePackage } from '../compile/compile-package.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { ProcessPackage } from '../ir/package.ts';
import type { DefinitionStore, StoredDefinition } from './ports.ts';

/** A published version, compiled. */
export type LoadedDefinition = { readonly stored: StoredDefinition; readonly compiled: CompiledDefinition };

/** Compiled versions, kept by content: a version is immutable, so nothing ever goes stale. */
export type DefinitionCache = {
  byHash(tenantId: string, key: string, hash: string): Promise<LoadedDefinition | undefined>;
  byVersion(tenantId: string, key: string, version: number): Promise<LoadedDefinition | undefined>;
  current(tenantId: string, key: string): Promise<LoadedDefinition | undefined>;
};

const kept = 200;

/** Hash over the whole content of a package; the same content has the same hash everywhere. */
export function hashPackage(pkg: ProcessPackage): string {
  return createHash('sha256').update(canonicalJson(pkg)).digest('hex');
}

/** A cache over a store; holds the last 200 versions used. */
export function createDefinitionCache(store: DefinitionStore): DefinitionCache {
  const loaded = new Map<string, LoadedDefinition>();
  const keep = (key: string, value: LoadedDefinition) => {
    loaded.delete(key);
    loaded.set(key, value);
    const oldest = loaded.keys().next();
    if (loaded.size > kept && !oldest.done) loaded.delete(oldest.value);
    return value;
  };
  const load = async (stored: StoredDefinition | undefined): Promise<LoadedDefinition | undefined> => {
    if (!stored) return undefined;
    const key = cacheKey(stored.tenantId, stored.key, stored.hash);
    const compiled = loaded.get(key)?.compiled ?? (await compileStored(stored));
    // The same content may have been published twice; what is asked for is this version.
    return keep(key, { stored, compiled });
  };
  return {
    async byHash(tenantId, key, hash) {
      const found = loaded.get(cacheKey(tenantId, key, hash));
      if (found) return keep(cacheKey(tenantId, key, hash), found);
      return load(await store.byHash(tenantId, key, hash));
    },
    async byVersion(tenantId, key, version) {
      return load(await store.byVersion(tenantId, key, version));
    },
    async current(tenantId, key) {
      return load(await store.current(tenantId, key));
    },
  };
}

function cacheKey(tenantId: string, key: string, hash: string): string {
  return `${tenantId}/${key}/${hash}`;
}

async function compileStored({ key, version, hash, pkg }: StoredDefinition): Promise<CompiledDefinition> {
  const { definition } = await compilePackage(pkg, { hash });
  if (!definition) throw new Error(`Expected the published flow ${key} version ${version} to compile, but it does not`);
  return definition;
}
