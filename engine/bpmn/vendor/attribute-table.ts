/** How the value of an attribute is read. */
export type ValueForm =
  /** Text, or an expression. */
  | 'text'
  /** A name of a variable, or an expression. */
  | 'variable'
  /** ISO date, ISO duration from now on, or an expression. */
  | 'date'
  /** A plain id of ours; addresses of foreign forms are refused. */
  | 'form-id'
  /** `R3/PT10S`: how often a job is tried. */
  | 'retries';

/** What becomes of an attribute of another engine. */
export type AttributeRule =
  | {
      readonly kind: 'becomes';
      /** Element types it is read on; on others it is refused. */
      readonly on: readonly string[];
      readonly type: string;
      readonly property: string;
      readonly form: ValueForm;
    }
  | { readonly kind: 'ignored'; readonly because: IgnoredBecause }
  | { readonly kind: 'refused'; readonly because: RefusedBecause };

/** Why something makes no difference here; a text of the catalogue. */
export type IgnoredBecause = 'own-transactions' | 'operations' | 'said-here' | 'other-rule' | 'one-case';

/** Why something cannot be said here; a text of the catalogue. */
export type RefusedBecause =
  | 'program'
  | 'built-in-task'
  | 'listener'
  | 'foreign-form'
  | 'own-starters'
  | 'script'
  | 'expression'
  | 'not-here'
  | 'unknown';

const userTask = ['bpmn:UserTask', 'bpmn:GlobalUserTask'];
const jobs = ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask', 'bpmn:MessageEventDefinition'];
const loop = ['bpmn:MultiInstanceLoopCharacteristics'];
const decision = ['bpmn:BusinessRuleTask'];

const assignment = (property: string): AttributeRule => ({
  ...{ kind: 'becomes', on: userTask, type: 'zeebe:AssignmentDefinition', property, form: 'text' },
});
const schedule = (property: string): AttributeRule => ({
  ...{ kind: 'becomes', on: userTask, type: 'zeebe:TaskSchedule', property, form: 'date' },
});
const form: AttributeRule = {
  ...{ kind: 'becomes', on: [...userTask, 'bpmn:StartEvent'] },
  ...{ type: 'zeebe:FormDefinition', property: 'formId', form: 'form-id' },
};
const ignored = (because: IgnoredBecause): AttributeRule => ({ kind: 'ignored', because });
const refused = (because: RefusedBecause): AttributeRule => ({ kind: 'refused', because });

/**
 * Attributes of Camunda 7, Operaton, Flowable, Activiti and jBPM by name: what each becomes in our dialect, that it makes no
 * difference here, or why it cannot be said.
 */
export const attributeTable: Readonly<Record<string, AttributeRule>> = {
  assignee: assignment('assignee'),
  candidateUsers: assignment('candidateUsers'),
  candidateGroups: assignment('candidateGroups'),
  dueDate: schedule('dueDate'),
  followUpDate: schedule('followUpDate'),
  priority: {
    ...{ kind: 'becomes', on: userTask, form: 'text' },
    type: 'zeebe:PriorityDefinition',
    property: 'priority',
  },
  formKey: form,
  formRef: form,
  topic: { ...{ kind: 'becomes', on: jobs, form: 'text' }, type: 'zeebe:TaskDefinition', property: 'type' },
  decisionRef: {
    ...{ kind: 'becomes', on: decision, form: 'text' },
    type: 'zeebe:CalledDecision',
    property: 'decisionId',
  },
  collection: {
    ...{ kind: 'becomes', on: loop, form: 'variable' },
    type: 'zeebe:LoopCharacteristics',
    property: 'inputCollection',
  },
  elementVariable: {
    ...{ kind: 'becomes', on: loop, form: 'text' },
    type: 'zeebe:LoopCharacteristics',
    property: 'inputElement',
  },
  async: ignored('own-transactions'),
  asyncBefore: ignored('own-transactions'),
  asyncAfter: ignored('own-transactions'),
  asyncLeave: ignored('own-transactions'),
  exclusive: ignored('own-transactions'),
  jobPriority: ignored('operations'),
  taskPriority: ignored('operations'),
  jobCategory: ignored('operations'),
  historyTimeToLive: ignored('operations'),
  versionTag: ignored('operations'),
  version: ignored('operations'),
  packageName: ignored('operations'),
  processType: ignored('operations'),
  dtype: ignored('operations'),
  diagramRelationId: ignored('operations'),
  modelerTemplate: ignored('operations'),
  modelerTemplateVersion: ignored('operations'),
  formRefBinding: ignored('one-case'),
  formRefVersion: ignored('one-case'),
  decisionRefBinding: ignored('one-case'),
  decisionRefVersion: ignored('one-case'),
  decisionRefVersionTag: ignored('one-case'),
  decisionRefTenantId: ignored('one-case'),
  calledElementBinding: ignored('one-case'),
  calledElementVersion: ignored('one-case'),
  calledElementVersionTag: ignored('one-case'),
  calledElementTenantId: ignored('one-case'),
  calledElementType: ignored('one-case'),
  sameDeployment: ignored('one-case'),
  mapDecisionResult: ignored('other-rule'),
  isStartableInTasklist: ignored('other-rule'),
  class: refused('program'),
  delegateExpression: refused('program'),
  expression: refused('program'),
  actionType: refused('program'),
  taskListenerClass: refused('program'),
  variableMappingClass: refused('program'),
  variableMappingDelegateExpression: refused('program'),
  formHandlerClass: refused('program'),
  taskName: refused('built-in-task'),
  ruleFlowGroup: refused('built-in-task'),
  resource: refused('script'),
  candidateStarterGroups: refused('own-starters'),
  candidateStarterUsers: refused('own-starters'),
  initiator: refused('own-starters'),
  skipExpression: refused('not-here'),
  errorCodeVariable: refused('not-here'),
  errorMessageVariable: refused('not-here'),
  errorMessage: refused('not-here'),
  elementIndexVariable: refused('not-here'),
  businessKey: refused('not-here'),
  processInstanceName: refused('not-here'),
};

/** Extension elements that are not translated: that they make no difference, or why they cannot be said. */
export const elementTable: Readonly<Record<string, Exclude<AttributeRule, { kind: 'becomes' }>>> = {
  properties: { kind: 'ignored', because: 'operations' },
  metaData: { kind: 'ignored', because: 'operations' },
  executionListener: { kind: 'refused', because: 'listener' },
  taskListener: { kind: 'refused', because: 'listener' },
  eventListener: { kind: 'refused', because: 'listener' },
  'onEntry-script': { kind: 'refused', because: 'listener' },
  'onExit-script': { kind: 'refused', because: 'listener' },
  field: { kind: 'refused', because: 'program' },
  connector: { kind: 'refused', because: 'program' },
  formData: { kind: 'refused', because: 'foreign-form' },
  formProperty: { kind: 'refused', because: 'foreign-form' },
  errorEventDefinition: { kind: 'refused', because: 'not-here' },
  mapException: { kind: 'refused', because: 'not-here' },
  potentialStarter: { kind: 'refused', because: 'own-starters' },
  constraint: { kind: 'refused', because: 'not-here' },
};
