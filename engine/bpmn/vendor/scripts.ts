import { type BpmnElement, extensionOf, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { feelOfExpression, type TranslatedExpression } from './expression-language.ts';
import { type ForeignWord, foreignAttributes } from './foreign-words.ts';
import { type Create, setOwn } from './own-words.ts';
import { refusedFinding, type Told, translatedFinding } from './vendor-findings.ts';

const setVariable = /^execution\.setVariable\(\s*(["'])([A-Za-z_]\w*)\1\s*,\s*([\s\S]+?)\s*\)\s*;?$/;
const assigned = /^(?:(?:var|let|const|def)\s+)?([A-Za-z_]\w*)\s*=(?!=)\s*([\s\S]+?)\s*;?$/;

/** The variable a script task or decision writes to, and its script where that is one simple expression. */
export function translateScript(element: BpmnElement, told: Told, create: Create): Finding[] {
  const result = foreignAttributes(element).find(({ local }) => /^resultVariable(Name)?$/.test(local));
  if (element.$type === 'bpmn:BusinessRuleTask')
    return result ? resultOf(element, result.value, { type: 'zeebe:CalledDecision', word: result }, told, create) : [];
  const script = element.$type === 'bpmn:ScriptTask' ? textOf(element, 'script') : undefined;
  const own = extensionOf(element, 'zeebe:Script') ?? extensionOf(element, 'zeebe:TaskDefinition');
  if (script === undefined || own) return [];
  const language = textOf(element, 'scriptFormat') ?? 'FEEL';
  const word: ForeignWord = result ?? { engine: language, name: 'script', local: 'script' };
  const read = readScript(script, language);
  if (!read.ok) return [refusedFinding({ ...word, name: 'script' }, 'script', told, read.because)];
  const variable = read.variable ?? result?.value;
  setOwn(element, { type: 'zeebe:Script', property: 'expression', value: `=${read.feel}` }, create);
  return [
    translatedFinding(
      { ...word, name: 'script' },
      { value: script, to: `zeebe:Script expression="=${read.feel}"` },
      told,
    ),
    ...(variable === undefined ? [] : resultOf(element, variable, { type: 'zeebe:Script', word }, told, create)),
  ];
}

function resultOf(
  element: BpmnElement,
  value: string,
  { type, word }: { readonly type: string; readonly word: ForeignWord },
  told: Told,
  create: Create,
): Finding[] {
  return setOwn(element, { type, property: 'resultVariable', value }, create)
    ? [translatedFinding(word, { value, to: `${type} resultVariable="${value}"` }, told)]
    : [];
}

type ReadScript = TranslatedExpression & { readonly variable?: string };

function readScript(script: string, language: string): ReadScript {
  const inside = /^[$#]\{([\s\S]*)\}$/.exec(script)?.[1];
  if (inside !== undefined) return feelOfExpression(inside);
  if (language.toLowerCase() === 'feel') return { ok: true, feel: script.replace(/^=/, '').trim() };
  const set = setVariable.exec(script) ?? assigned.exec(script)?.with(0, '');
  const [variable, expression] = set ? [set.at(-2), set.at(-1) ?? ''] : [undefined, script.replace(/;$/, '')];
  const feel = feelOfExpression(expression);
  return variable === undefined ? feel : { ...feel, variable };
}
