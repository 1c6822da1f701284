import { type BpmnElement, bodyOf, elementOf, elementsOf, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { codesIn } from '../../ir/value-source.ts';
import { readForeignText } from './expression-language.ts';
import { type ForeignWord, foreignAttributes } from './foreign-words.ts';
import { type Create, setOwn } from './own-words.ts';
import { ignoredFinding, refusedFinding, type Told, translatedFinding } from './vendor-findings.ts';

/** `bpmn:humanPerformer` and `bpmn:potentialOwner` as several engines fill them: `user(a), group(b), c`, a name alone being a group. */
export function translateResources(element: BpmnElement, told: Told, create: Create): Finding[] {
  if (element.$type !== 'bpmn:UserTask') return [];
  return [...translateOwners(element, told, create), ...translateTaskInputs(element, told, create)];
}

function translateOwners(element: BpmnElement, told: Told, create: Create): Finding[] {
  return elementsOf(element, 'resources').flatMap((resource) => {
    const assigned = elementOf(resource, 'resourceAssignmentExpression');
    const text = assigned && (bodyOf(assigned, 'expression') ?? textOf(assigned, 'expression'));
    if (text === undefined) return [];
    const word: ForeignWord = { engine: 'BPMN', name: resource.$type, local: resource.$type };
    return Object.entries(peopleIn(resource.$type, text)).map(([property, people]) =>
      assign(element, { property, people, text }, word, told, create),
    );
  });
}

/** The data inputs `ActorId` and `GroupId`, by which jBPM names people. Anywhere else they are inputs like any other. */
function translateTaskInputs(element: BpmnElement, told: Told, create: Create): Finding[] {
  return elementsOf(element, 'dataInputAssociations').flatMap((association) => {
    const input = elementOf(association, 'targetRef');
    const name = input && textOf(input, 'name');
    if (!input || (name !== 'ActorId' && name !== 'GroupId') || ![input, element].some(isOfJbpm)) return [];
    const word: ForeignWord = { engine: 'jbpm', name, local: name };
    return elementsOf(association, 'assignment').flatMap((assignment) => {
      const text = bodyOf(assignment, 'from')?.trim() ?? '';
      const one = codesIn(text).length === 1 ? 'assignee' : 'candidateUsers';
      const property = name === 'GroupId' ? 'candidateGroups' : one;
      return text === '' ? [] : [assign(element, { property, people: text, text }, word, told, create)];
    });
  });
}

function isOfJbpm(element: BpmnElement): boolean {
  return foreignAttributes(element).some(({ engine }) => engine === 'jbpm');
}

function peopleIn(type: string, text: string): Readonly<Record<string, string>> {
  if (type === 'bpmn:HumanPerformer' || type === 'bpmn:Performer') return { assignee: text };
  const users: string[] = [];
  const groups: string[] = [];
  for (const part of codesIn(text)) {
    const user = /^user\((.*)\)$/.exec(part)?.[1];
    if (user === undefined) groups.push(/^group\((.*)\)$/.exec(part)?.[1] ?? part);
    else users.push(user);
  }
  return {
    ...(users.length > 0 ? { candidateUsers: users.join(', ') } : {}),
    ...(groups.length > 0 ? { candidateGroups: groups.join(', ') } : {}),
  };
}

function assign(
  element: BpmnElement,
  { property, people, text }: { readonly property: string; readonly people: string; readonly text: string },
  word: ForeignWord,
  told: Told,
  create: Create,
): Finding {
  const read = people.startsWith('=') ? ({ kind: 'plain', text: people } as const) : readForeignText(people);
  if (read.kind === 'unsaid') return refusedFinding(word, 'expression', told, read.because);
  const value = read.kind === 'feel' ? `=${read.feel}` : read.text;
  const type = 'zeebe:AssignmentDefinition';
  return setOwn(element, { type, property, value }, create)
    ? translatedFinding(word, { value: text, to: `${type} ${property}="${value}"` }, told)
    : ignoredFinding(word, 'said-here', told);
}
