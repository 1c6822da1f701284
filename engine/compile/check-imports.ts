import { readBpmn } from '../bpmn/read-bpmn.ts';
import { type BpmnElement, elementsOf, idOf, textOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import { breach, slip } from './breach.ts';

/** Text of an imported file by its location; nothing when it cannot be had. */
export type Imported = (location: string) => string | undefined;

type Reading = { readonly imported: Imported; readonly seen: Set<string>; readonly ids: Map<string, string> };

/** Every import of a file can be had, whatever it imports in turn too, and no two files of one namespace give the same id. */
export async function checkImports(
  definitions: BpmnElement,
  byId: ReadonlyMap<string, BpmnElement>,
  imported: Imported,
): Promise<Finding[]> {
  const reading = { imported, seen: new Set<string>(), ids: new Map<string, string>() };
  remember(reading, definitions, byId, 'the file');
  return importsOf(definitions, reading, idOf(definitions));
}

async function importsOf(definitions: BpmnElement, reading: Reading, at: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const one of elementsOf(definitions, 'imports')) {
    const location = textOf(one, 'location') ?? '';
    if (reading.seen.has(location)) continue;
    reading.seen.add(location);
    findings.push(...(await followed(one, location, reading, at)));
  }
  return findings;
}

async function followed(one: BpmnElement, location: string, reading: Reading, at: string): Promise<Finding[]> {
  const text = reading.imported(location);
  const about = { clause: '8.2.2', at, path: location };
  if (text === undefined)
    return [slip({ ...about, rule: 'import-missing', expected: `${location} to import`, but: 'it cannot be had' })];
  if (!(textOf(one, 'importType') ?? '').includes('BPMN')) return [];
  const { model } = await readBpmn(text);
  if (!model)
    return [slip({ ...about, rule: 'import-missing', expected: `BPMN in ${location}`, but: 'it cannot be read' })];
  return [
    ...remember(reading, model.definitions, model.byId, location),
    ...(await importsOf(model.definitions, reading, at)),
  ];
}

/** Keeps the ids of a file; one that another file of the same namespace has is a finding. */
function remember(
  reading: Reading,
  definitions: BpmnElement,
  byId: ReadonlyMap<string, BpmnElement>,
  where: string,
): Finding[] {
  const namespace = textOf(definitions, 'targetNamespace') ?? '';
  return [...byId].flatMap(([id, element]) => {
    if (element === definitions) return [];
    const key = `${namespace} ${id}`;
    const first = reading.ids.get(key);
    reading.ids.set(key, where);
    if (first === undefined) return [];
    const expected = `every id once in ${namespace}`;
    const but = `${id} is in ${first} and in ${where}`;
    return [breach({ rule: 'duplicate-id', clause: '8.3.1', at: id, expected, but })];
  });
}
