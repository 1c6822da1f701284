import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledDefinition, compilePackage } from '../../engine/index.ts';
import { repositoryRoot } from '../architecture/source-files.ts';
import { type Original, withoutDrawing, withoutElement } from './mutate.ts';

const folder = join(repositoryRoot, 'processes');

/** Keys of the flows this repository ships. */
export const shippedKeys: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * A shipped flow as it is drawn. Its decision tables read as scripts, and nobody is kept from a task for what they did in
 * another process: soundness asks neither.
 */
export function shippedBpmn(key: string): string {
  return withoutDrawing(readFileSync(join(folder, key, `${key}.bpmn`), 'utf8'))
    .replaceAll('bpmn:businessRuleTask', 'bpmn:scriptTask')
    .replace(/calledDecision decisionId="[^"]*"/g, 'script expression="=1"')
    .replace(/ notActorOf="[^"]*"/g, '');
}

/** Compiles a diagram; nothing where it is refused. */
export async function compiledFrom(bpmn: string): Promise<CompiledDefinition | undefined> {
  const title = { 'zh-CN': 'model', en: 'model' };
  return (await compilePackage({ key: 'model', title, bpmn, forms: {}, decisions: {} })).definition;
}

/** Every process of the shipped flows with those it calls and nothing else, so that a mutant of it is checked quickly. */
export async function originals(): Promise<readonly Original[]> {
  const found: Original[] = [];
  for (const key of shippedKeys) {
    const bpmn = shippedBpmn(key);
    const whole = await compiledFrom(bpmn);
    if (!whole) throw new Error(`Expected ${key} to compile`);
    for (const processId of Object.keys(whole.processes)) {
      const kept = calledFrom(whole, processId);
      const others = Object.keys(whole.processes).filter((id) => !kept.has(id));
      const cut = others.reduce(withoutElement, bpmn.replace(/<bpmn:collaboration[\s\S]*?<\/bpmn:collaboration>/, ''));
      const definition = await compiledFrom(cut);
      if (!definition) throw new Error(`Expected ${processId} of ${key} to compile alone`);
      found.push({ key, processId, bpmn: cut, definition });
    }
  }
  return found;
}

function calledFrom({ scopes }: CompiledDefinition, processId: string): ReadonlySet<string> {
  const called = new Set<string>();
  const open = [processId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (called.has(id)) continue;
    called.add(id);
    for (const scope of Object.values(scopes))
      for (const { body } of scope.processId === id ? Object.values(scope.nodes) : [])
        if (body.kind === 'call' && 'literal' in body.processId) open.push(String(body.processId.literal));
  }
  return called;
}
