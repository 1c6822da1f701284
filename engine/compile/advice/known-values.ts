import { decisionIn } from '../../dmn/index.ts';
import { type PredicateLiteral, predicateOf } from '../../feel/index.ts';
import type { CompiledDefinition } from '../../ir/definition.ts';
import type { IrNode, Mapping, ValueSource } from '../../ir/kernel.ts';
import type { FormDocument } from '../../ir/package.ts';
import { writtenText } from '../../ir/value-source.ts';
import type { Advised } from './advised.ts';
import type { KnownValues } from './term-values.ts';

/** What one place can write into a variable; `open` when it could be anything. */
type Source = KnownValues | 'open';

type Sources = Map<string, Source[]>;

/**
 * What is known of each variable or path, from everything in the package that writes it: fields of forms, outputs of decision tables, values
 * that scripts and mappings write out. A variable that anything else writes too is not known.
 */
export function knownValues({ definition, pkg }: Advised): ReadonlyMap<string, KnownValues> {
  const sources: Sources = new Map();
  for (const scope of Object.values(definition.scopes))
    for (const node of Object.values(scope.nodes)) addNode(sources, node, definition, pkg.forms);
  for (const { starts } of Object.values(definition.processes))
    for (const { formId } of starts) if (formId !== undefined) addForm(sources, pkg.forms[formId], []);
  return new Map(
    [...sources].flatMap(([path, several]) => {
      const known = together(several);
      return known ? [[path, known]] : [];
    }),
  );
}

function together(several: readonly Source[]): KnownValues | undefined {
  const known = several.filter((one) => one !== 'open');
  if (known.length < several.length) return undefined;
  const choices = known.map((one) => one.choices);
  const lowest = known.map(({ minimum }) => minimum);
  const highest = known.map(({ maximum }) => maximum);
  return {
    ...(choices.includes(undefined) ? {} : { choices: distinct(choices.flatMap((one) => one ?? [])) }),
    whole: known.every(({ whole }) => whole === true),
    ...(lowest.includes(undefined) ? {} : { minimum: Math.min(...lowest.map((one) => one ?? 0)) }),
    ...(highest.includes(undefined) ? {} : { maximum: Math.max(...highest.map((one) => one ?? 0)) }),
  };
}

function distinct(choices: readonly PredicateLiteral[]): readonly PredicateLiteral[] {
  return [...new Map(choices.map((one) => [JSON.stringify(one), one])).values()];
}

function addNode(
  sources: Sources,
  { body, outputs }: IrNode,
  definition: CompiledDefinition,
  forms: Readonly<Record<string, FormDocument>>,
): void {
  if (body.kind === 'task') {
    const formId = writtenText(body.task.formId);
    if (formId !== undefined && Object.hasOwn(forms, formId)) addForm(sources, forms[formId], outputs);
    return;
  }
  for (const { source, target } of outputs) add(sources, target, writtenOut(source));
  if (body.kind !== 'pass') return;
  for (const act of body.acts) {
    if (act.kind === 'write' && act.variable !== undefined) add(sources, act.variable, writtenOut({ feel: act.feel }));
    if (act.kind === 'decide' && act.variable !== undefined)
      addDecision(sources, act.variable, writtenText(act.decisionId), definition);
  }
}

function add(sources: Sources, path: string, source: Source): void {
  sources.set(path, [...(sources.get(path) ?? []), source]);
}

function addForm(sources: Sources, form: FormDocument | undefined, outputs: readonly Mapping[]): void {
  const fields = fieldsOf(form?.schema, '');
  if (outputs.length === 0) {
    for (const [path, known] of fields) add(sources, path, known);
    return;
  }
  for (const { source, target } of outputs)
    add(sources, target, ('feel' in source && fields.get(source.feel.trim())) || writtenOut(source));
}

function addDecision(
  sources: Sources,
  variable: string,
  decisionId: string | undefined,
  definition: CompiledDefinition,
): void {
  const logic = decisionId === undefined ? undefined : decisionIn(definition.decisions, decisionId)?.logic;
  const single = logic?.kind === 'table' && !['COLLECT', 'RULE ORDER', 'OUTPUT ORDER'].includes(logic.hitPolicy);
  if (!single) {
    add(sources, variable, 'open');
    return;
  }
  logic.outputs.forEach((output, column) => {
    const cells = [...logic.rules.map(({ entries }) => entries[column]), output.defaultEntry];
    const answers = cells.flatMap((cell) => (cell ? [writtenOut({ feel: cell.feel })] : []));
    const path = logic.outputs.length > 1 ? `${variable}.${output.name}` : variable;
    for (const answer of answers) add(sources, path, answer);
  });
}

/** A value that stands there as it is. */
function writtenOut(source: ValueSource): Source {
  if ('literal' in source) {
    const literal = literalOf(source.literal);
    return literal ? { choices: [literal] } : 'open';
  }
  const same = predicateOf(`x = ${source.feel}`);
  const literal = same?.kind === 'compare' && same.term.text === 'x' ? same.literal : undefined;
  return literal ? { choices: [literal] } : 'open';
}

function literalOf(value: unknown): PredicateLiteral | undefined {
  if (typeof value === 'number') return { type: 'number', value };
  if (typeof value === 'string') return { type: 'text', value };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  return value === null ? { type: 'null' } : undefined;
}

/** Fields of a form by their path. */
function fieldsOf(schema: unknown, prefix: string): ReadonlyMap<string, KnownValues> {
  const fields = new Map<string, KnownValues>();
  for (const [name, field] of Object.entries(objectAt(schema, 'properties') ?? {})) {
    const path = `${prefix}${name}`;
    fields.set(path, fieldValues(field));
    for (const [inner, known] of fieldsOf(field, `${path}.`)) fields.set(inner, known);
  }
  return fields;
}

function fieldValues(field: unknown): KnownValues {
  const constants = listAt(field, 'enum') ?? listAt(field, 'oneOf')?.map((one) => valueAt(one, 'const'));
  const choices = constants?.map(literalOf).filter((one) => one !== undefined);
  const [type, minimum, maximum] = ['type', 'minimum', 'maximum'].map((name) => valueAt(field, name));
  return {
    ...(choices && choices.length === constants?.length ? { choices } : {}),
    ...(type === 'boolean' ? { choices: [literal(true), literal(false)] } : {}),
    whole: type === 'integer',
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
  };
}

function literal(value: boolean): PredicateLiteral {
  return { type: 'boolean', value };
}

function valueAt(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

function objectAt(holder: unknown, name: string): object | undefined {
  const value = valueAt(holder, name);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function listAt(holder: unknown, name: string): readonly unknown[] | undefined {
  const value = valueAt(holder, name);
  return Array.isArray(value) ? value : undefined;
}
