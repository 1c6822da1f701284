import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledDefinition, compilePackage, type Finding } from '../../engine/index.ts';
import { adaptModel } from './adapt-model.ts';
import type { BpmnCase } from './bpmn-case.ts';

/** What came of a deployment: one definition in which the processes of all files see each other, or why it was refused. */
export type Deployment = { readonly definition?: CompiledDefinition; readonly findings: readonly Finding[] };

/** Deploys every file of a case. */
export async function deployCase(folder: string, one: BpmnCase, rewrite: (xml: string) => string): Promise<Deployment> {
  const texts = one.files.map((file) => adaptModel(rewrite(readFileSync(join(folder, file), 'utf8')), one.expressions));
  const compiled = await Promise.all(texts.map((text) => compileBeside(text, texts.length > 1)));
  const findings = compiled.flatMap((result) => result.findings);
  const definitions = compiled.flatMap(({ definition }) => (definition ? [definition] : []));
  const [first] = definitions;
  if (!first || definitions.length < texts.length) return { findings };
  return {
    definition: {
      ...first,
      processes: Object.assign({}, ...definitions.map(({ processes }) => processes)),
      scopes: Object.assign({}, ...definitions.map(({ scopes }) => scopes)),
    },
    findings,
  };
}

/** Processes of other files are called by an expression, so that a file can be compiled before it meets them. */
function compileBeside(text: string, severalFiles: boolean): Promise<Deployment> {
  const bpmn = severalFiles ? text.replace(/calledElement="([^="]+)"/g, 'calledElement="=&quot;$1&quot;"') : text;
  return compilePackage({ key: 'case', title: { 'zh-CN': 'case', en: 'case' }, bpmn, forms: {}, decisions: {} });
}
