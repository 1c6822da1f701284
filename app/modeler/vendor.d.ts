/** Types of the bpmn-io packages that bring none; only what Meridian uses. */
declare module '@bpmn-io/properties-panel' {
  type Entry = (props: object) => unknown;
  export const TextFieldEntry: Entry;
  export const CheckboxEntry: Entry;
  export const SelectEntry: Entry;
  export const isTextFieldEntryEdited: (node: unknown) => boolean;
  export const isCheckboxEntryEdited: (node: unknown) => boolean;
  export const isSelectEntryEdited: (node: unknown) => boolean;
}
declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: import('didi').ModuleDeclaration;
  export const BpmnPropertiesProviderModule: import('didi').ModuleDeclaration;
  export const ZeebePropertiesProviderModule: import('didi').ModuleDeclaration;
  export function useService<T>(name: string): T;
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const module: import('didi').ModuleDeclaration;
  export default module;
}
declare module 'bpmn-js-i18n/translations/zn.js' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>;
}
