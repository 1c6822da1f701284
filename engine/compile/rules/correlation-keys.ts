import { keysAround, pathIn } from '../../elements/correlation/correlation.ts';
import { elementsOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { ModelRule } from '../2-lint.ts';
import { slip } from '../breach.ts';

/** A message either tells every property of a correlation key or none: half a key finds no case. */
export const correlationKeys: ModelRule = ({ model }) => {
  const messages = [...model.byId.values()].filter((one) => one.$type === 'bpmn:Message');
  return keysAround(model.definitions).flatMap((key) =>
    messages.flatMap((message): Finding[] => {
      const missing = elementsOf(key, 'correlationPropertyRef').filter((one) => pathIn(one, message) === undefined);
      const isPart = missing.length > 0 && missing.length < elementsOf(key, 'correlationPropertyRef').length;
      if (!isPart) return [];
      const expected = `every property of key ${idOf(key)} to be found in message ${idOf(message)}`;
      const but = `${missing.map(idOf).join(', ')} is not`;
      return [slip({ rule: 'correlation-key-partial', clause: '8.4.2', at: idOf(message), expected, but })];
    }),
  );
};
