import { compileBoxed, givesFunctions } from './compile-boxed.ts';
import { compileTable } from './compile-table.ts';
import type { Binding, ContextEntry, Logic } from './decision-model.ts';
import { compileExpression, type LogicCompiler, reportError, typeNamed } from './logic-compiler.ts';
import { elementAt, elementsAt, type ModdleElement, textAt, typeOf } from './moddle-element.ts';

/** Compiles boxed logic in which `names` are known. Undefined, with findings, when it cannot be run. */
export function compileLogic(
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
): Logic | undefined {
  const id = textAt(element, 'id') ?? compiler.owner;
  switch (typeOf(element)) {
    case 'DecisionTable':
      return compileTable(compiler, element, names);
    case 'LiteralExpression':
      return compileLiteral(compiler, element, names, id);
    case 'Context':
      return compileContext(compiler, element, names);
    case 'List':
      return compileList(compiler, element, names);
    case 'Relation':
      return compileRelation(compiler, element, names, id);
    case 'Invocation':
      return compileInvocation(compiler, element, names, id);
    default:
      return compileBoxed(compiler, compileLogic, element, names, id);
  }
}

function compileLiteral(
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
  id: string,
): Logic | undefined {
  const language = textAt(element, 'expressionLanguage') ?? 'feel';
  if (!/feel/i.test(language)) {
    reportError(compiler, 'dmn-unsupported', `Expected FEEL, but ${id} is written in ${language}`, id);
    return undefined;
  }
  const expression = compileExpression(compiler, textAt(element, 'text') ?? '', names, 'expression', id);
  return expression && { kind: 'literal', expression, type: typeNamed(compiler, textAt(element, 'typeRef'), id) };
}

function compileContext(compiler: LogicCompiler, element: ModdleElement, names: readonly string[]): Logic | undefined {
  const entries: ContextEntry[] = [];
  const known = [...names];
  let inside = compiler;
  for (const entry of elementsAt(element, 'contextEntry')) {
    const variable = elementAt(entry, 'variable');
    const name = textAt(variable, 'name');
    const value = elementAt(entry, 'value');
    const logic = value && compileLogic(inside, value, known);
    if (logic === undefined) return undefined;
    entries.push({ name, type: typeNamed(compiler, textAt(variable, 'typeRef'), compiler.owner), logic });
    if (name === undefined) continue;
    known.push(name);
    if (value && givesFunctions(value)) inside = { ...inside, functions: [...inside.functions, name] };
  }
  return { kind: 'context', entries };
}

function compileList(compiler: LogicCompiler, element: ModdleElement, names: readonly string[]): Logic | undefined {
  const items = elementsAt(element, 'elements').map((item) => compileLogic(compiler, item, names));
  const compiled = items.filter((item) => item !== undefined);
  return compiled.length === items.length ? { kind: 'list', items: compiled } : undefined;
}

/** Rows of cells under named columns: a list of contexts. */
function compileRelation(
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
  id: string,
): Logic | undefined {
  const columns = elementsAt(element, 'column').map((column) => ({
    name: textAt(column, 'name') ?? '',
    type: typeNamed(compiler, textAt(column, 'typeRef'), id),
  }));
  const written = elementsAt(element, 'row').map((row) => elementsAt(row, 'elements'));
  const own = new Set(columns.map(({ name }) => name));
  if (columns.length === 0 || own.has('') || own.size < columns.length) {
    reportError(compiler, 'dmn-relation', `Expected columns with names of their own, but those of ${id} are not`, id);
    return undefined;
  }
  const odd = written.findIndex((cells) => cells.length !== columns.length);
  if (odd >= 0) {
    const message = `Expected ${columns.length} cells, but row ${odd + 1} of ${id} has ${written[odd]?.length}`;
    reportError(compiler, 'dmn-relation', message, id);
    return undefined;
  }
  const rows = written.map((cells) => cells.flatMap((cell) => compileLogic(compiler, cell, names) ?? []));
  return rows.every((cells) => cells.length === columns.length) ? { kind: 'relation', columns, rows } : undefined;
}

function compileInvocation(
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
  id: string,
): Logic | undefined {
  const knowledge = textAt(elementAt(element, 'calledFunction'), 'text');
  if (knowledge === undefined || !compiler.functions.includes(knowledge)) {
    reportError(
      compiler,
      'dmn-unknown-knowledge',
      `Expected known logic to invoke, but got ${knowledge ?? 'none'}`,
      id,
    );
    return undefined;
  }
  const bindings: Binding[] = [];
  for (const binding of elementsAt(element, 'binding')) {
    const name = textAt(elementAt(binding, 'parameter'), 'name');
    const formula = elementAt(binding, 'bindingFormula');
    const logic = formula && compileLogic(compiler, formula, names);
    if (name === undefined || logic === undefined) return undefined;
    bindings.push({ name, logic });
  }
  return { kind: 'invocation', knowledge, bindings };
}
