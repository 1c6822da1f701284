import {
  evaluateCondition,
  type FormDocument,
  type FormValidator,
  type Instant,
  type ParsedExpression,
  parseExpression,
  type WorkCalendar,
} from '../engine/index.ts';
import { type CompiledForm, compileForm } from './compile-form.ts';
import type { EvaluateConstraint } from './constraints.ts';
import { checkPackageForms } from './form-dialect.ts';
import { plainStartForm, plainTaskForm } from './plain-form.ts';
import { validateForm } from './validate-form.ts';

/** How many compiled forms are kept; a hospital has a few hundred. */
const KEPT_FORMS = 500;

/** Compiled once for each content of a form. */
function createCache(): (key: string, form: FormDocument) => CompiledForm {
  const compiled = new Map<string, CompiledForm>();
  return (key, form) => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const fresh = compileForm(form.schema);
    const [oldest] = compiled.keys();
    if (compiled.size >= KEPT_FORMS && oldest !== undefined) compiled.delete(oldest);
    compiled.set(key, fresh);
    return fresh;
  };
}

function constraintEvaluator(zone: string): (at: Instant, calendar?: WorkCalendar) => EvaluateConstraint {
  const parsed = new Map<string, ParsedExpression | undefined>();
  return (at, calendar) => (source, context) => {
    if (!parsed.has(source)) {
      const result = parseExpression(source);
      if (parsed.size >= KEPT_FORMS) parsed.clear();
      parsed.set(source, result.ok ? result.expression : undefined);
    }
    const expression = parsed.get(source);
    const result = expression && evaluateCondition(expression, context, { at, zone, calendar });
    return result?.ok ? result.value : undefined;
  };
}

/** The engine's form validator. `zone` is the hospital's, for dates without one. */
export function createFormValidator({ zone = 'Asia/Shanghai' }: { readonly zone?: string } = {}): FormValidator {
  const compiledFor = createCache();
  const evaluateAt = constraintEvaluator(zone);
  return {
    check: checkPackageForms,
    plainTaskForm,
    plainStartForm,
    async validate({ formKey, form, data, input, at, calendar }) {
      const compiled = compiledFor(formKey, form);
      const result = validateForm({
        ...{ schema: form.schema, compiled, data, input },
        evaluate: evaluateAt(at, calendar),
      });
      if (result.ok) return result;
      const fields = result.problems.map(({ path, messages }) => ({ path, message: messages['zh-CN'], messages }));
      return { ok: false, fields };
    },
  };
}
