import type { BpmnElement } from '../../ir/bpmn-element.ts';

/** Global tasks by the task each of them is when a call activity calls it (BPMN 2.0.2, 10.3.7). */
const tasks: ReadonlyMap<string, string> = new Map([
  ['bpmn:GlobalTask', 'bpmn:Task'],
  ['bpmn:GlobalUserTask', 'bpmn:UserTask'],
  ['bpmn:GlobalManualTask', 'bpmn:ManualTask'],
  ['bpmn:GlobalScriptTask', 'bpmn:ScriptTask'],
  ['bpmn:GlobalBusinessRuleTask', 'bpmn:BusinessRuleTask'],
]);

/**
 * A global task as the one task it stands for, with the same id, name and extensions; nothing for any other element. What can be called is a
 * process; a global task is one whose only node is that task.
 */
export function taskOfGlobal(element: BpmnElement): BpmnElement | undefined {
  const $type = tasks.get(element.$type);
  return $type === undefined ? undefined : { $type, $parent: element, get: (name) => element.get(name) };
}
