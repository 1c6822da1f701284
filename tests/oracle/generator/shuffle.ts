import type { Random } from '../random.ts';
import type { Drawn } from './drawn.ts';

const containers = /^bpmn:(definitions|process|subProcess|transaction|adHocSubProcess)$/;
const fixed =
  /^bpmn:(extensionElements|incoming|outgoing|multiInstanceLoopCharacteristics|standardLoopCharacteristics|completionCondition|association)$/;

/** The same diagram with its elements in another order. Lists whose order means something (a node's outgoing flows, event definitions) stay. */
export function shuffled(drawn: Drawn, random: Random): Drawn {
  const children = drawn.children.map((child) => (typeof child === 'string' ? child : shuffled(child, random)));
  if (!containers.test(drawn.tag)) return { ...drawn, children };
  const isLoose = (child: Drawn | string) => typeof child !== 'string' && !fixed.test(child.tag);
  const loose = random.shuffled(children.filter(isLoose));
  let next = 0;
  return {
    ...drawn,
    children: children.map((child) => {
      if (!isLoose(child)) return child;
      next += 1;
      return loose[next - 1] ?? child;
    }),
  };
}
