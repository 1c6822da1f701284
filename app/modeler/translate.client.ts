import bpmnTexts from 'bpmn-js-i18n/translations/zn.js';
import type { Language } from '../../engine/index.ts';
import panelTexts from './panel-texts.zh-CN.json';

type Replacements = Readonly<Record<string, string>>;
type Translate = (template: string, replacements?: Replacements) => string;

const chinese: Readonly<Record<string, string>> = { ...bpmnTexts, ...panelTexts };

/** Puts the replacements into a translated template; a text without translation stays as it is. */
export function translatorFor(language: Language): Translate {
  const texts = language === 'zh-CN' ? chinese : {};
  return (template, replacements = {}) =>
    (texts[template] ?? template).replace(/{([^}]+)}/g, (whole, name: string) => replacements[name] ?? whole);
}

/** The diagram-js module that replaces bpmn-js' own English texts. */
export function translateModule(language: Language) {
  return { translate: ['value', translatorFor(language)] };
}
