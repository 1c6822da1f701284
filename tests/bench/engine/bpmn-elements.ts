import * as Elements from 'bpmn-elements';
import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { type Contender, expectEnded } from './contender.ts';
import { type Pattern, startVariables } from './patterns.ts';

const { Context, Definition, Environment } = Elements;

/** Reads a pattern once, as both other engines want it. */
export async function sourceOf(pattern: Pattern): Promise<object> {
  const read = await new BpmnModdle().fromXML(pattern.bpmn((variable) => `\${environment.variables.${variable}}`));
  return serialize(read, TypeResolver(Elements));
}

function newDefinition(source: object) {
  return new Definition(Context(source, new Environment({ variables: { ...startVariables } })));
}

function play(source: object, pattern: Pattern): void {
  let definition = newDefinition(source).run();
  let stored = JSON.stringify(definition.getState());
  let completed = 0;
  for (; completed < pattern.tasks; completed += 1) {
    definition = newDefinition(source).recover(JSON.parse(stored)).resume();
    const open = definition.getPostponed().find(({ type }) => type === 'bpmn:UserTask');
    if (!open) throw new Error('Expected an open task, but there is none');
    const answer = pattern.answer(completed);
    open.environment.assignVariables(answer);
    open.signal(answer);
    stored = JSON.stringify(definition.getState());
  }
  expectEnded(definition.counters.completed === 1, completed, pattern);
}

/** bpmn-elements as its documentation saves and resumes: getState, recover, resume. */
export const bpmnElements: Contender = {
  name: 'bpmn-elements',
  async read(pattern) {
    const source = await sourceOf(pattern);
    return (cases) => () => {
      for (let n = 0; n < cases; n += 1) play(source, pattern);
    };
  },
};
