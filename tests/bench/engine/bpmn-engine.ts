import { Engine } from 'bpmn-engine';
import { sourceOf } from './bpmn-elements.ts';
import { type Contender, expectEnded } from './contender.ts';
import { type Pattern, startVariables } from './patterns.ts';

async function play(sourceContext: object, pattern: Pattern): Promise<void> {
  let execution = await new Engine({ name: 'bench', sourceContext, variables: { ...startVariables } }).execute();
  let stored = JSON.stringify(execution.getState());
  let completed = 0;
  for (; completed < pattern.tasks; completed += 1) {
    execution = await new Engine({ name: 'bench' }).recover(JSON.parse(stored)).resume();
    const open = execution.getPostponed().find(({ type }) => type === 'bpmn:UserTask');
    if (!open) throw new Error('Expected an open task, but there is none');
    const answer = pattern.answer(completed);
    open.environment.assignVariables(answer);
    open.signal(answer);
    stored = JSON.stringify(execution.getState());
  }
  expectEnded(execution.state === 'idle', completed, pattern);
}

/** bpmn-engine as its documentation saves and resumes: getState, recover, resume. Its state carries its diagram. */
export const bpmnEngine: Contender = {
  name: 'bpmn-engine',
  async read(pattern) {
    const sourceContext = await sourceOf(pattern);
    return (cases) => async () => {
      for (let n = 0; n < cases; n += 1) await play(sourceContext, pattern);
    };
  },
};
