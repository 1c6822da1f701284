import type { Cell } from './cell.ts';
import { checkTableTypes } from './check-types.ts';
import type { Aggregation, DecisionTable, HitPolicy, TableInput, TableOutput, TableRule } from './decision-model.ts';
import { compileExpression, compileTests, type LogicCompiler, reportError, typeNamed } from './logic-compiler.ts';
import { elementAt, elementsAt, type ModdleElement, textAt, writtenAt } from './moddle-element.ts';

const HIT_POLICIES: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: 'UNIQUE',
  FIRST: 'FIRST',
  PRIORITY: 'PRIORITY',
  ANY: 'ANY',
  COLLECT: 'COLLECT',
  'RULE ORDER': 'RULE ORDER',
  'OUTPUT ORDER': 'OUTPUT ORDER',
};
const AGGREGATIONS: Readonly<Record<string, Aggregation>> = { SUM: 'SUM', COUNT: 'COUNT', MIN: 'MIN', MAX: 'MAX' };

/** Compiles a decision table. Undefined, with findings, when any cell cannot be run. */
export function compileTable(
  compiler: LogicCompiler,
  element: ModdleElement,
  names: readonly string[],
): DecisionTable | undefined {
  const id = textAt(element, 'id') ?? compiler.owner;
  const before = compiler.findings.length;
  const policyText = writtenAt(element, 'hitPolicy') ?? 'UNIQUE';
  const hitPolicy = Object.hasOwn(HIT_POLICIES, policyText) ? HIT_POLICIES[policyText] : undefined;
  const aggregationText = writtenAt(element, 'aggregation');
  const aggregation =
    aggregationText !== undefined && Object.hasOwn(AGGREGATIONS, aggregationText)
      ? AGGREGATIONS[aggregationText]
      : undefined;
  const inputs = elementsAt(element, 'input').map((input, index) => compileInput(compiler, input, index, names));
  const outputs = elementsAt(element, 'output').map((output) => compileOutput(compiler, output, names));
  if (hitPolicy === undefined) {
    reportError(compiler, 'dmn-hit-policy', `Expected a known hit policy, but ${id} has "${policyText}"`, id);
  }
  if (aggregationText !== undefined && (aggregation === undefined || hitPolicy !== 'COLLECT')) {
    const message = `Expected an aggregation that fits the hit policy, but ${id} has "${aggregationText}" with ${policyText}`;
    reportError(compiler, 'dmn-hit-policy', message, id);
  }
  checkOutputs(compiler, id, outputs, hitPolicy, aggregation);
  const shape = { inputs: inputs.length, outputs: outputs.length };
  const rules = elementsAt(element, 'rule').map((rule, index) => compileRule(compiler, rule, index, shape, names));
  if (hitPolicy === undefined || compiler.findings.slice(before).some(({ severity }) => severity === 'error')) {
    return undefined;
  }
  const read = inputs.filter((input) => input !== undefined);
  const table: DecisionTable = { kind: 'table', hitPolicy, aggregation, inputs: read, outputs, rules };
  checkTableTypes(compiler, table);
  return table;
}

function checkOutputs(
  compiler: LogicCompiler,
  id: string,
  outputs: readonly TableOutput[],
  hitPolicy: HitPolicy | undefined,
  aggregation: Aggregation | undefined,
): void {
  const report = (message: string) => reportError(compiler, 'dmn-outputs', message, id);
  if (outputs.length === 0) report(`Expected an output column, but ${id} has none`);
  if (outputs.length > 1 && aggregation !== undefined) {
    report(`Expected one output column to aggregate, but ${id} has ${outputs.length}`);
  }
  const names = outputs.map(({ name }) => name);
  if (outputs.length > 1 && (names.includes(undefined) || new Set(names).size < names.length)) {
    report(`Expected output columns with names of their own, but those of ${id} are not`);
  }
  const ordered = hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
  if (ordered && outputs.every(({ priorities }) => priorities.length === 0)) {
    report(`Expected output values in order of priority, but ${id} declares none`);
  }
}

function compileInput(
  compiler: LogicCompiler,
  input: ModdleElement,
  index: number,
  names: readonly string[],
): TableInput | undefined {
  const id = textAt(input, 'id') ?? compiler.owner;
  const asked = elementAt(input, 'inputExpression');
  const text = textAt(asked, 'text') ?? textAt(input, 'label') ?? '';
  const expression = compileExpression(compiler, text, names, `input ${index + 1}`, id);
  if (expression === undefined) return undefined;
  const values = textAt(elementAt(input, 'inputValues'), 'text');
  const allowed =
    values === undefined ? undefined : compileTests(compiler, values, names, `values of input ${index + 1}`, id);
  const type = typeNamed(compiler, textAt(asked, 'typeRef'), id);
  const description = textAt(input, 'description');
  return {
    ...{ label: textAt(input, 'label') ?? text, expression, type },
    ...(allowed ? { allowed } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

function compileOutput(compiler: LogicCompiler, output: ModdleElement, names: readonly string[]): TableOutput {
  const id = textAt(output, 'id') ?? compiler.owner;
  const fallback = textAt(elementAt(output, 'defaultOutputEntry'), 'text');
  const values = textAt(elementAt(output, 'outputValues'), 'text');
  return {
    name: textAt(output, 'name'),
    type: typeNamed(compiler, textAt(output, 'typeRef'), id),
    defaultEntry: fallback === undefined ? undefined : compileExpression(compiler, fallback, names, 'default', id),
    priorities: values === undefined ? [] : compilePriorities(compiler, values, id),
  };
}

/** Output values are a list of expressions; as a FEEL list each can be told apart. */
function compilePriorities(compiler: LogicCompiler, values: string, id: string): readonly Cell[] {
  const priorities: Cell[] = [];
  for (const value of separated(values)) {
    const compiled = compileExpression(compiler, value, [], 'output values', id);
    if (compiled !== undefined) priorities.push(compiled);
  }
  return priorities;
}

/** Splits at commas outside of texts. */
function separated(text: string): readonly string[] {
  return (text.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '');
}

function compileRule(
  compiler: LogicCompiler,
  rule: ModdleElement,
  index: number,
  shape: { readonly inputs: number; readonly outputs: number },
  names: readonly string[],
): TableRule {
  const id = textAt(rule, 'id') ?? `${compiler.owner}_rule${index + 1}`;
  const cells = elementsAt(rule, 'inputEntry');
  const answers = elementsAt(rule, 'outputEntry');
  if (cells.length !== shape.inputs || answers.length !== shape.outputs) {
    const message = `Expected ${shape.inputs} tests and ${shape.outputs} outputs, but rule ${index + 1} has ${cells.length} and ${answers.length}`;
    reportError(compiler, 'dmn-rule-shape', message, id);
  }
  const tests = cells.map((cell, column) => {
    const text = textAt(cell, 'text');
    if (text === undefined || text === '-') return null;
    const place = `rule ${index + 1}, input ${column + 1}`;
    return compileTests(compiler, text, names, place, textAt(cell, 'id') ?? id) ?? null;
  });
  const entries = answers.flatMap((answer, column) => {
    const place = `rule ${index + 1}, output ${column + 1}`;
    return (
      compileExpression(compiler, textAt(answer, 'text') ?? 'null', names, place, textAt(answer, 'id') ?? id) ?? []
    );
  });
  const notes = elementsAt(rule, 'annotationEntry').flatMap((entry) => textAt(entry, 'text') ?? []);
  const note = notes.length > 0 ? notes.join(' · ') : textAt(rule, 'description');
  return { id, tests, entries, ...(note === undefined ? {} : { note }) };
}
