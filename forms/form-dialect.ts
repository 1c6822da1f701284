import type { Finding, FormDocument, ProcessPackage } from '../engine/index.ts';
import { parseExpression, patternCost } from '../engine/index.ts';
import { checkSchema } from './check-schema.ts';
import { checkUi, declaredNames } from './check-ui.ts';
import { compileForm } from './compile-form.ts';
import { constraintsOf } from './constraints.ts';
import { schemaAt } from './field-title.ts';
import { createFormFindings, type FormFindings } from './form-findings.ts';
import type { SchemaNode } from './json-shape.ts';

/** Largest schema with its ui schema, in UTF-16 code units of JSON. */
const MAX_FORM_LENGTH = 300_000;

/** Names the engine keeps for itself; a form field of that name would hide them from expressions. */
const RESERVED = ['actors', 'caseId', 'now', 'today', 'item', 'partial'];

/** Checks one form: what its schema, ui schema and constraints say, before anybody meets it. Findings of severity `error` refuse it. */
export function checkForm(formId: string, form: FormDocument): readonly Finding[] {
  const findings = createFormFindings(formId);
  const length = JSON.stringify(form).length;
  if (length > MAX_FORM_LENGTH) {
    const message = `Expected at most ${MAX_FORM_LENGTH} characters, but the form has ${length}`;
    findings.add('error', 'form-too-large', '', message);
    return findings.all;
  }
  checkSchema(form.schema, findings, (pattern) => patternCost(pattern).risky);
  // What follows walks references and compiles; a schema already refused could send it round in circles.
  if (findings.all.some(({ severity }) => severity === 'error')) return findings.all;
  checkUi(form.ui, form.schema, findings);
  checkReserved(form.schema, findings);
  checkConstraints(form.schema, findings);
  checkCompiles(form.schema, findings);
  return findings.all;
}

/** Checks every form of a package. */
export function checkPackageForms(pkg: Pick<ProcessPackage, 'forms'>): readonly Finding[] {
  return Object.entries(pkg.forms).flatMap(([formId, form]) => checkForm(formId, form));
}

function checkReserved(schema: SchemaNode, findings: FormFindings): void {
  const names = declaredNames(schema, schema);
  for (const name of RESERVED.filter((reserved) => names.has(reserved))) {
    findings.add('error', 'form-field-name', `/properties/${name}`, `Expected another name, but ${name} is reserved`);
  }
}

function checkConstraints(schema: SchemaNode, findings: FormFindings): void {
  const declared = schema['x-constraint'];
  if (declared === undefined) return;
  const constraints = constraintsOf(schema);
  if (!Array.isArray(declared) || declared.length !== constraints.length) {
    findings.add(
      'error',
      'form-constraint',
      '/x-constraint',
      'Expected a list of constraints with expressions, but it is not',
    );
  }
  for (const [index, { expression, path, message }] of constraints.entries()) {
    const place = `/x-constraint/${index}`;
    const parsed = parseExpression(expression);
    if (!parsed.ok)
      findings.add('error', 'form-constraint', `${place}/expression`, parsed.error.message.replace(/\.$/, ''));
    if (schemaAt(schema, path) === undefined) {
      findings.add('error', 'form-constraint', `${place}/path`, `Expected a field of the form, but ${path} is none`);
    }
    if (message['zh-CN'] === undefined || message.en === undefined) {
      findings.add(
        'warning',
        'form-constraint',
        `${place}/message`,
        'Expected a message in both languages, but it is not',
      );
    }
  }
}

function checkCompiles(schema: SchemaNode, findings: FormFindings): void {
  try {
    compileForm(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'it is none';
    findings.add('error', 'form-schema', '', `Expected a JSON Schema 2020-12, but ${reason}`);
  }
}
