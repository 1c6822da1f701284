import type { CompiledDefinition } from '../../ir/definition.ts';
import { flowsIn } from '../../ir/routing.ts';
import { countsArrivals } from './place-by-hand.ts';

/** An element a person may place a token at. */
export type Place = {
  readonly elementId: string;
  /** Where arrivals are counted: the flows one may count as, with the elements they come from. */
  readonly flows?: readonly { readonly flow: string; readonly from: string }[];
};

/** Every element a token can be placed at by hand, in the order of the diagram's ids; what only compensation enters is none. */
export function placesOf(definition: CompiledDefinition): readonly Place[] {
  return Object.values(definition.scopes)
    .filter(({ kind }) => kind !== 'body')
    .flatMap((scope) =>
      Object.values(scope.nodes)
        .filter(({ isCompensation }) => !isCompensation)
        .map((node) => {
          const ways = flowsIn(scope, node.id);
          const flows = ways.map(({ flow, from }) => ({ flow, from }));
          return { elementId: node.id, ...(countsArrivals(node) && ways.length > 1 ? { flows } : {}) };
        }),
    );
}
