import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledDefinition, compilePackage, type Finding } from '../../engine/index.ts';
import { adaptModel } from './adapt-model.ts';
import type { BpmnCase } from './bpmn-case.ts';

/** What came of a deployment: one definition in which the processes of all files see each other, or why it was refused. */
export type Deployment = { readonly definition?: CompiledDefinition; readonly findings: readonly Finding[] };

/** Deploys every file of a case. */
export async function deployCase(folder: string, one: BpmnCase): Promise<Deployment> {
  const texts = one.files.map((file) => adaptModel(readFileSync(join(folder, file), 'utf8'), one.expressions));
  const compiled = await Promise.all(texts.map((text, index) => compileBeside(text, texts.toSpliced(index, 1))));
  const findings = compiled.flatMap((result) => result.findings);
  const definitions = compiled.flatMap(({ definition }) => (definition ? [definition] : []));
  const [first] = definitions;
  if (!first || definitions.length < texts.length) return { findings };
  return {
    definition: {
      ...first,
      processes: Object.assign({}, ...definitions.map(({ processes }) => withoutStandIns(processes))),
      scopes: Object.assign({}, ...definitions.map(({ scopes }) => withoutStandIns(scopes))),
    },
    findings,
  };
}

const standIn = 'stand-in-';

/** Processes of the other files stand in by id while a file is compiled, so that calling them is no finding. */
function compileBeside(text: string, others: readonly string[]): Promise<Deployment> {
  const prefix = /<([\w-]+:)?definitions\b/.exec(text)?.[1] ?? '';
  const ids = others
    .flatMap((other) =>
      [...other.matchAll(/<(?:[\w-]+:)?process\b[^>]*\bid="([^"]+)"/g)].map((match) => match[1] ?? ''),
    )
    .filter((id) => !text.includes(`id="${id}"`));
  const processes = ids.map(
    (id) =>
      `<${prefix}process id="${id}" isExecutable="true"><${prefix}startEvent id="${standIn}${id}" /></${prefix}process>`,
  );
  const bpmn = text.replace(new RegExp(`</${prefix}definitions>`), `${processes.join('')}$&`);
  return compilePackage({ key: 'case', title: { 'zh-CN': 'case', en: 'case' }, bpmn, forms: {}, decisions: {} });
}

function withoutStandIns<T extends object>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table).filter(([, value]) => !JSON.stringify(value).includes(`"${standIn}`)),
  );
}
