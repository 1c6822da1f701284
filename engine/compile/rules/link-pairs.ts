import { refusal } from '../../elements/element.ts';
import { idOf, nameOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { definitionsOf } from '../event-definitions.ts';

/** A link name has one catching event in its scope. */
export const linkPairs: LintRule = ({ nodes }) => {
  const seen = new Map<string, string>();
  return nodes
    .filter((node) => node.$type === 'bpmn:IntermediateCatchEvent')
    .flatMap((node) => {
      const link = definitionsOf(node).find((one) => one.$type === 'bpmn:LinkEventDefinition');
      const name = link && (nameOf(link) ?? '');
      if (name === undefined) return [];
      const first = seen.get(name);
      seen.set(name, idOf(node));
      if (first === undefined) return [];
      return [
        refusal('several-link-targets', idOf(node), `one catching link named ${name}`, `${first} has that name too`),
      ];
    });
};
