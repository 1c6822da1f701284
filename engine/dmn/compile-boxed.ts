import type { BoxedFunction, Logic, TypedName } from './decision-model.ts';
import { type LogicCompiler, reportError, typeNamed } from './logic-compiler.ts';
import { elementAt, elementsAt, type ModdleElement, textAt, typeOf } from './moddle-element.ts';

/** Compiles the logic inside a box; handed in, since boxes and what they hold are made of each other. */
export type CompileLogic = (
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
) => Logic | undefined;

/** Compiles a boxed function, conditional, filter or iterator (DMN 1.5 §10.2.1). Undefined, with findings, when it cannot be run. */
export function compileBoxed(
  compiler: LogicCompiler,
  compileLogic: CompileLogic,
  element: ModdleElement,
  names: readonly string[],
  id: string,
): Logic | undefined {
  const part = (name: string, known = names) => compilePart(compiler, compileLogic, element, name, known, id);
  switch (typeOf(element)) {
    case 'FunctionDefinition':
      return compileFunction(compiler, compileLogic, element, names, id);
    case 'Conditional': {
      const [condition, positive, negative] = [part('if'), part('then'), part('else')];
      return condition && positive && negative && { kind: 'conditional', condition, positive, negative };
    }
    case 'Filter': {
      const [list, match] = [part('in'), part('match', [...names, 'item', ...memberNames(compiler)])];
      return list && match && { kind: 'filter', in: list, match };
    }
    case 'For':
      return compileIterator(compiler, compileLogic, element, names, id, 'for');
    case 'Some':
      return compileIterator(compiler, compileLogic, element, names, id, 'some');
    case 'Every':
      return compileIterator(compiler, compileLogic, element, names, id, 'every');
    default:
      reportError(compiler, 'dmn-unsupported', `Expected supported logic, but ${id} is a ${typeOf(element)}`, id);
      return undefined;
  }
}

/** Names of members that items of the file may have: inside a filter they are known by themselves. */
function memberNames({ items }: LogicCompiler): readonly string[] {
  return [...items.values()].flatMap((item) =>
    elementsAt(item, 'itemComponent').flatMap((component) => textAt(component, 'name') ?? []),
  );
}

function compilePart(
  compiler: LogicCompiler,
  compileLogic: CompileLogic,
  element: ModdleElement,
  name: string,
  names: readonly string[],
  id: string,
): Logic | undefined {
  const expression = elementAt(elementAt(element, name), 'expression');
  if (expression) return compileLogic(compiler, expression, names);
  reportError(compiler, 'dmn-no-logic', `Expected logic under "${name}" of ${id}, but there is none`, id);
  return undefined;
}

function compileIterator(
  compiler: LogicCompiler,
  compileLogic: CompileLogic,
  element: ModdleElement,
  names: readonly string[],
  id: string,
  kind: 'for' | 'some' | 'every',
): Logic | undefined {
  const variable = textAt(element, 'iteratorVariable');
  if (variable === undefined) {
    reportError(compiler, 'dmn-no-variable', `Expected ${id} to name what it goes through, but it does not`, id);
    return undefined;
  }
  const known = [...names, variable, ...(kind === 'for' ? ['partial'] : [])];
  const list = compilePart(compiler, compileLogic, element, 'in', names, id);
  const each = compilePart(compiler, compileLogic, element, kind === 'for' ? 'return' : 'satisfies', known, id);
  if (!list || !each) return undefined;
  const iterator = { variable, in: list, each };
  if (kind !== 'for') return { kind, ...iterator };
  return { kind, ...iterator, readsPartial: JSON.stringify(each).includes('partial') };
}

/** Compiles a function: its body knows its parameters and what is known around it. */
export function compileFunction(
  compiler: LogicCompiler,
  compileLogic: CompileLogic,
  element: ModdleElement,
  names: readonly string[],
  id: string,
): BoxedFunction | undefined {
  const body = elementAt(element, 'body');
  const kind = textAt(element, 'kind') ?? 'FEEL';
  if (kind !== 'FEEL') {
    reportError(compiler, 'dmn-unsupported', `Expected a function in FEEL, but ${id} is written in ${kind}`, id);
    return undefined;
  }
  if (body === undefined) {
    reportError(compiler, 'dmn-no-logic', `Expected logic in the function ${id}, but there is none`, id);
    return undefined;
  }
  const parameters = elementsAt(element, 'formalParameter').map(
    (parameter, index): TypedName => ({
      name: textAt(parameter, 'name') ?? `parameter${index + 1}`,
      type: typeNamed(compiler, textAt(parameter, 'typeRef'), id),
    }),
  );
  const logic = compileLogic(compiler, body, [...names, ...parameters.map(({ name }) => name)]);
  return logic && { kind: 'function', parameters, logic };
}

/** Whether logic gives a function, or a context with functions in it, which may be called by the name that holds it. */
export function givesFunctions(logic: ModdleElement): boolean {
  if (typeOf(logic) === 'FunctionDefinition') return true;
  if (typeOf(logic) !== 'Context') return false;
  return elementsAt(logic, 'contextEntry').some((entry) => {
    const value = elementAt(entry, 'value');
    return value !== undefined && givesFunctions(value);
  });
}
