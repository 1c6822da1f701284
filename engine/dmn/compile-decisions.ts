import { MAX_AMOUNT } from '../feel/index.ts';
import { isPrototypeName } from '../interchange/check-text.ts';
import type { Finding } from '../ir/finding.ts';
import { checkItems } from './check-types.ts';
import { compileFunction, givesFunctions } from './compile-boxed.ts';
import { compileLogic } from './compile-logic.ts';
import type { CompiledDecisions, Decision, Knowledge, Logic, TypedName } from './decision-model.ts';
import type { ItemDefinitions } from './dmn-type.ts';
import { type LogicCompiler, reportError, typeNamed } from './logic-compiler.ts';
import { elementAt, elementsAt, type ModdleElement, referenceAt, textAt, typeOf } from './moddle-element.ts';
import { readDefinitions } from './read-definitions.ts';

/**
 * Compiled decisions, by id and as plain JSON, with what is wrong with them. A finding of severity `error` refuses the
 * deployment.
 */
export type DecisionCompilation = {
  readonly decisions: CompiledDecisions;
  readonly findings: readonly Finding[];
};

type Source = { readonly file: string; readonly element: ModdleElement; readonly items: ItemDefinitions };

/** Compiles the DMN files of a package, by file name. Names of decisions are shared by all files, references stay in one. */
export async function compileDecisions(files: Readonly<Record<string, string>>): Promise<DecisionCompilation> {
  const findings: Finding[] = [];
  const sources: Source[] = [];
  for (const [file, xml] of Object.entries(files)) {
    const { root, findings: found } = await readDefinitions(file, xml);
    findings.push(...found);
    if (root === undefined) continue;
    const definitions = elementsAt(root, 'itemDefinition');
    const items = new Map(definitions.map((item) => [textAt(item, 'name') ?? '', item]));
    sources.push(...elementsAt(root, 'drgElement').map((element) => ({ file, element, items })));
    const amount = { left: MAX_AMOUNT, known: new Set<string>() };
    checkItems({ file, owner: file, items, functions: [], findings, amount }, definitions);
  }
  const decisions = compileAll(sources, findings);
  findCycles(decisions, findings);
  const json: CompiledDecisions = JSON.parse(JSON.stringify(Object.fromEntries(decisions)));
  return { decisions: json, findings };
}

function ofType(sources: readonly Source[], type: string): readonly Source[] {
  return sources.filter(({ element }) => typeOf(element) === type);
}

function compileAll(sources: readonly Source[], findings: Finding[]): ReadonlyMap<string, Decision> {
  const functions = ofType(sources, 'BusinessKnowledgeModel').flatMap(({ element }) => textAt(element, 'name') ?? []);
  const amount = { left: MAX_AMOUNT, known: new Set<string>() };
  const compilerFor = ({ file, items }: Source, owner: string): LogicCompiler => ({
    ...{ file, owner, items, functions, findings, amount },
  });
  const knowledge = new Map<string, Knowledge>();
  for (const source of ofType(sources, 'BusinessKnowledgeModel')) {
    const compiled = compileKnowledge(source, compilerFor(source, textAt(source.element, 'id') ?? ''));
    if (compiled !== undefined) knowledge.set(compiled.name, compiled);
  }
  findRecursion(knowledge, findings);
  const decisions = new Map<string, Decision>();
  for (const source of ofType(sources, 'Decision')) {
    const id = textAt(source.element, 'id') ?? textAt(source.element, 'name') ?? '';
    const compiler = compilerFor(source, id);
    if (isPrototypeName(id)) {
      reportError(compiler, 'reserved-id', `Expected an id that is not a name of JavaScript, but it is ${id}`, id);
      continue;
    }
    if (decisions.has(id)) {
      reportError(compiler, 'dmn-duplicate-id', `Expected one decision ${id}, but there are several`, id);
    }
    const compiled = compileDecision(source, sources, id, compiler);
    if (compiled !== undefined) decisions.set(id, { ...compiled, knowledge: mentioned(compiled.logic, knowledge) });
  }
  return decisions;
}

function variableOf(compiler: LogicCompiler, element: ModdleElement): TypedName {
  const id = textAt(element, 'id') ?? compiler.owner;
  const variable = elementAt(element, 'variable');
  const name = textAt(variable, 'name') ?? textAt(element, 'name') ?? id;
  return { name, type: typeNamed(compiler, textAt(variable, 'typeRef'), id) };
}

function compileKnowledge({ element }: Source, compiler: LogicCompiler): Knowledge | undefined {
  const id = textAt(element, 'id') ?? '';
  const definition = elementAt(element, 'encapsulatedLogic');
  if (definition === undefined) {
    reportError(compiler, 'dmn-no-logic', `Expected logic in the knowledge ${id}, but there is none`, id);
    return undefined;
  }
  const compiled = compileFunction(compiler, compileLogic, definition, [], id);
  if (compiled === undefined) return undefined;
  const { parameters, logic } = compiled;
  return { id, name: textAt(element, 'name') ?? id, parameters, logic };
}

/** Knowledge that calls itself, by whatever way, has no answer: nothing here would end it but a limit. */
function findRecursion(all: ReadonlyMap<string, Knowledge>, findings: Finding[]): void {
  const calledBy = ({ logic }: Knowledge) => [...all.values()].filter(({ name }) => calls(logic, name));
  for (const knowledge of all.values()) {
    const reached = new Set<Knowledge>();
    const open = calledBy(knowledge);
    for (let next = open.pop(); next; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...calledBy(next));
    }
    if (!reached.has(knowledge)) continue;
    const { id, name } = knowledge;
    const message = `Expected knowledge that does not call itself, but ${name} does`;
    findings.push({ rule: 'dmn-circular-requirement', severity: 'error', message, elementId: id });
  }
}

/** Whether logic calls a function of this name. */
function calls(logic: unknown, name: string): boolean {
  if (typeof logic === 'string') {
    const written = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}_])${written}\\s*\\(`, 'u').test(logic);
  }
  if (typeof logic !== 'object' || logic === null) return false;
  if ('kind' in logic && logic.kind === 'invocation' && 'knowledge' in logic && logic.knowledge === name) return true;
  return Object.values(logic).some((inner) => calls(inner, name));
}

/** Knowledge whose name the logic mentions, and what that mentions in turn. */
function mentioned(logic: Logic, all: ReadonlyMap<string, Knowledge>, found = new Set<Knowledge>()): Knowledge[] {
  const text = JSON.stringify(logic);
  for (const knowledge of all.values()) {
    if (found.has(knowledge) || !text.includes(JSON.stringify(knowledge.name).slice(1, -1))) continue;
    found.add(knowledge);
    mentioned(knowledge.logic, all, found);
  }
  return [...found];
}

function compileDecision(
  { element, file }: Source,
  sources: readonly Source[],
  id: string,
  compiler: LogicCompiler,
): Decision | undefined {
  const inFile = (wanted: string) =>
    sources.find((other) => other.file === file && textAt(other.element, 'id') === wanted)?.element;
  const inputs: TypedName[] = [];
  const requires: string[] = [];
  const names: string[] = [];
  const functions: string[] = [];
  for (const requirement of elementsAt(element, 'informationRequirement')) {
    const input = referenceAt(requirement, 'requiredInput');
    const reference = input ?? referenceAt(requirement, 'requiredDecision');
    const needed = reference === undefined ? undefined : inFile(reference);
    if (reference === undefined || needed === undefined) {
      const message = `Expected what ${id} requires, but ${reference ?? 'nothing'} is not in ${file}`;
      reportError(compiler, 'dmn-requirement-missing', message, id);
      continue;
    }
    const variable = variableOf({ ...compiler, findings: input === undefined ? [] : compiler.findings }, needed);
    names.push(variable.name);
    if (input === undefined) requires.push(reference);
    else inputs.push(variable);
    const logic = elementAt(needed, 'decisionLogic');
    if (logic && givesFunctions(logic)) functions.push(variable.name);
  }
  const body = elementAt(element, 'decisionLogic');
  if (body === undefined) {
    // Allowed by DMN: a decision people make. Others may need it; then it is looked for among the variables.
    const message = `Expected logic in the decision ${id}, but there is none, so it cannot be called (${file})`;
    compiler.findings.push({ rule: 'dmn-no-logic', severity: 'warning', message, elementId: id, params: { file } });
    return undefined;
  }
  const logic = compileLogic({ ...compiler, functions: [...compiler.functions, ...functions] }, body, names);
  const variable = variableOf(compiler, element);
  const name = textAt(element, 'name') ?? id;
  const description = textAt(element, 'description');
  const said = description === undefined ? {} : { description };
  return logic && { kind: 'dmn-decision', id, name, ...said, variable, inputs, requires, knowledge: [], logic };
}

/** A decision that requires itself, by whatever way, has no answer. */
function findCycles(decisions: ReadonlyMap<string, Decision>, findings: Finding[]): void {
  const done = new Set<string>();
  const visit = (id: string, above: readonly string[]): void => {
    if (above.includes(id)) {
      const message = `Expected decisions without circles, but ${id} requires itself`;
      findings.push({ rule: 'dmn-circular-requirement', severity: 'error', message, elementId: id });
      done.add(id);
      return;
    }
    if (done.has(id)) return;
    for (const required of decisions.get(id)?.requires ?? []) visit(required, [...above, id]);
    done.add(id);
  };
  for (const id of decisions.keys()) visit(id, []);
}
