import { parseExpression } from '../feel/index.ts';
import { type BpmnElement, bodyOf, idOf, textOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import type { IrNode, PeopleTemplate } from '../ir/kernel.ts';
import type { ProcessPackage } from '../ir/package.ts';
import { feelOf, writtenText } from '../ir/value-source.ts';
import type { Resolved } from './1-resolve.ts';
import type { LoweredScope } from './3-lower.ts';
import { tooMuchFeel } from './check-amount.ts';
import { versionTagOf } from './describe-definition.ts';
import { definitionsOf } from './event-definitions.ts';
import { expressionsOf, expressionsOfNode } from './expressions-of.ts';

/** Checks what nodes name: expressions that must parse, processes, decisions, forms and elements that must be there. */
export function checkReferences(
  pkg: ProcessPackage,
  resolved: Resolved,
  scopes: readonly LoweredScope[],
  decisions: readonly string[],
): Finding[] {
  const excess = tooMuchFeel(scopes);
  if (excess) return [excess];
  const nodes = scopes.flatMap((scope) => Object.values(scope.nodes));
  const known = { pkg, resolved, decisions, nodes: new Set(nodes.map(({ id }) => id)) };
  return [
    ...nodes.flatMap((node) => [...expressionFindings(node.id, expressionsOfNode(node)), ...nameFindings(node, known)]),
    ...scopes.flatMap((scope) =>
      scope.eventScopes.flatMap((one) => expressionFindings(one.start, expressionsOf(one.trigger, '/trigger'))),
    ),
    ...scopes.flatMap(({ elementId, adHoc }) => [
      ...expressionFindings(elementId, expressionsOf(adHoc, '/adHoc')),
      ...strangersIn(elementId, adHoc?.people, known),
    ]),
    ...resolved.processes.flatMap(({ nodes: drawn }) => drawn.flatMap(startCondition)),
    ...resolved.processes.flatMap(({ element, id }) =>
      ['patientKey', 'businessKey'].flatMap((key) => {
        const text = textOf(element, `clinical:${key}`);
        return text === undefined ? [] : expressionFindings(id, [{ feel: feelOf(text), path: `clinical:${key}` }]);
      }),
    ),
  ];
}

/** A conditional start event is part of no scope's waits: a start is asked for it. */
function startCondition(node: BpmnElement): Finding[] {
  if (node.$type !== 'bpmn:StartEvent') return [];
  return definitionsOf(node).flatMap((definition) => {
    const text = definition.$type === 'bpmn:ConditionalEventDefinition' ? bodyOf(definition, 'condition') : undefined;
    return text === undefined ? [] : expressionFindings(idOf(node), [{ feel: feelOf(text), path: '/condition' }]);
  });
}

function expressionFindings(elementId: string, expressions: readonly { feel: string; path: string }[]): Finding[] {
  const seen = new Set<string>();
  return expressions.flatMap(({ feel, path }) => {
    if (seen.has(feel)) return [];
    seen.add(feel);
    const parsed = parseExpression(feel);
    if (parsed.ok) return [];
    const { code, message, from } = parsed.error;
    return [
      {
        rule: 'expression',
        severity: 'error' as const,
        message: `${message} (in "${feel}" at ${from + 1})`,
        elementId,
        path,
        params: { code, position: from + 1 },
      },
    ];
  });
}

type Known = {
  readonly pkg: ProcessPackage;
  readonly resolved: Resolved;
  readonly decisions: readonly string[];
  readonly nodes: ReadonlySet<string>;
};

function nameFindings({ id, body }: IrNode, known: Known): Finding[] {
  switch (body.kind) {
    case 'call': {
      const called = writtenText(body.processId);
      if (called === undefined) return [];
      const found = known.resolved.processes.find((one) => one.id === called);
      if (!found) return [missing('called-process-missing', 'error', id, 'process', called)];
      return body.versionTag === undefined
        ? []
        : otherVersion(id, called, body.versionTag, versionTagOf(found.element));
    }
    case 'task': {
      const form = writtenText(body.task.formId);
      const formMissing = form !== undefined && !Object.hasOwn(known.pkg.forms, form);
      return [
        ...(formMissing ? [missing('form-missing', 'warning', id, 'form', form)] : []),
        ...strangersIn(id, body.task, known),
      ];
    }
    case 'pass':
      return body.acts.flatMap((act) => {
        const decision = act.kind === 'decide' ? writtenText(act.decisionId) : undefined;
        const there = decision === undefined || known.decisions.includes(decision);
        return there ? [] : [missing('decision-missing', 'error', id, 'decision', decision)];
      });
    default:
      return [];
  }
}

/** Elements whose actors are excluded, though they are not drawn. */
function strangersIn(id: string, people: PeopleTemplate | undefined, known: Known): Finding[] {
  const strangers = people?.eligibility.notActorOf.filter((name) => !known.nodes.has(name)) ?? [];
  return strangers.map((name) => missing('element-missing', 'error', id, 'element', name));
}

function otherVersion(
  elementId: string,
  called: string,
  wanted: string,
  { versionTag: found }: ReturnType<typeof versionTagOf>,
): Finding[] {
  if (found === wanted) return [];
  const but = found === undefined ? 'its process has no version tag' : `it holds ${found}`;
  const message = `Expected process ${called} at version ${wanted} in the package for ${elementId}, but ${but}`;
  const params = { process: called, wanted, found: found ?? '' };
  return [{ rule: 'version-binding', severity: 'error', message, elementId, params }];
}

function missing(
  rule: string,
  severity: Finding['severity'],
  elementId: string,
  what: string,
  name: string | undefined,
): Finding {
  const message = `Expected ${what} ${name} named by ${elementId} to be in the package, but it is not there`;
  return { rule, severity, message, elementId, params: { [what]: name ?? '' } };
}
