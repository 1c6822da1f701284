import { type MembersRead, membersRead, normalName, unionOf } from '../feel/index.ts';
import type { CompiledDefinition, ProcessDefinition } from '../ir/definition.ts';
import type { LoweredScope } from './3-lower.ts';
import { expressionsOf, expressionsOfNode } from './expressions-of.ts';

/** Elements whose actors a separation of duties or an expression of the package asks for. A case need not remember any other. */
export function actorsRead(
  scopes: readonly LoweredScope[],
  processes: readonly ProcessDefinition[],
): CompiledDefinition['actorsRead'] {
  const named = namesRead(scopes, processes);
  if (named === 'all') return 'all';
  const [names, nodes] = [new Set(named), scopes.flatMap((scope) => Object.values(scope.nodes))];
  const people = [
    ...nodes.flatMap(({ body }) => (body.kind === 'task' ? [body.task] : [])),
    ...scopes.flatMap(({ adHoc }) => adHoc?.people ?? []),
  ];
  const apart = new Set(people.flatMap(({ eligibility }) => eligibility.notActorOf));
  const ids = nodes.map(({ id }) => id).filter((id) => apart.has(id) || names.has(normalName(id)));
  return [...new Set(ids)].sort();
}

function namesRead(scopes: readonly LoweredScope[], processes: readonly ProcessDefinition[]): MembersRead {
  const expressions = [
    ...scopes.flatMap(({ nodes }) => Object.values(nodes).flatMap(expressionsOfNode)),
    ...scopes.flatMap(({ eventScopes, adHoc }) => expressionsOf([eventScopes, adHoc])),
  ].map(({ feel }) => feel);
  const keys = processes.flatMap(({ patientKey, businessKey }) => [patientKey ?? [], businessKey ?? []].flat());
  return unionOf([...expressions, ...keys].map((feel) => membersRead(feel, 'actors')));
}
