import { idOf, integerOf } from '../../ir/bpmn-element.ts';
import type { LintRule, ModelRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';

/** An activity takes and gives at least one token. */
export const tokenQuantities: LintRule = ({ nodes }) =>
  nodes.flatMap((node) =>
    ['startQuantity', 'completionQuantity'].flatMap((name) => {
      const number = integerOf(node, name);
      if (number === undefined || number >= 1) return [];
      const but = `it is ${number}`;
      return [
        breach({
          rule: 'quantity',
          clause: '10.3',
          at: idOf(node),
          expected: `a ${name} of 1 or more`,
          but,
          path: name,
        }),
      ];
    }),
  );

/** How many participants a pool stands for: at least none, at most one or more, and not fewer at most than at least. */
export const participantQuantities: ModelRule = ({ model }) =>
  [...model.byId.values()].flatMap((participant) => {
    const multiplicity =
      participant.$type === 'bpmn:Participant' ? participant.get('participantMultiplicity') : undefined;
    if (typeof multiplicity !== 'object' || multiplicity === null) return [];
    const numberOf = (name: string) => (name in multiplicity ? Number(Reflect.get(multiplicity, name)) : undefined);
    const [minimum = 0, maximum = 1] = [numberOf('minimum'), numberOf('maximum')];
    if (minimum >= 0 && maximum >= 1 && maximum >= minimum) return [];
    const at = {
      clause: '9.3',
      at: idOf(participant),
      expected: 'a number of participants from the least to the most',
    };
    return [slip({ ...at, rule: 'participant-quantity', but: `it is from ${minimum} to ${maximum}` })];
  });
