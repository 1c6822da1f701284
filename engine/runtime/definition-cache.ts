import type { CompiledDefinition } from '../ir/definition.ts';
import { compileOnce } from './compile-once.ts';
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

/** A cache over a store: a running case's version is read from the store once. */
export function createDefinitionCache(store: DefinitionStore): DefinitionCache {
  const loaded = new Map<string, LoadedDefinition>();
  const keep = (key: string, value: LoadedDefinition) => {
    loaded.delete(key);
    loaded.set(key, value);
    const oldest = loaded.keys().next();
    if (loaded.size > kept && !oldest.done) loaded.delete(oldest.value);
    return value;
  };
  return {
    async byHash(tenantId, key, hash) {
      const cacheKey = `${tenantId}/${key}/${hash}`;
      const found = loaded.get(cacheKey) ?? (await load(await store.byHash(tenantId, key, hash)));
      return found && keep(cacheKey, found);
    },
    async byVersion(tenantId, key, version) {
      return load(await store.byVersion(tenantId, key, version));
    },
    async current(tenantId, key) {
      return load(await store.current(tenantId, key));
    },
  };
}

async function load(stored: StoredDefinition | undefined): Promise<LoadedDefinition | undefined> {
  if (!stored) return undefined;
  const { definition } = await compileOnce(stored.pkg, stored.hash);
  const name = `${stored.key} version ${stored.version}`;
  if (!definition) throw new Error(`Expected the published flow ${name} to compile, but it does not`);
  return { stored, compiled: definition };
}
