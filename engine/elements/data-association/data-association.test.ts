import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, extension, io, job, message, on, processOf } from '../../../tests/spec/diagram.ts';

const object = (id: string, name: string) =>
  element('dataObject', id, '', `name="${name}"`) +
  element('dataObjectReference', `${id}_ref`, '', `dataObjectRef="${id}"`);
const expression = (tag: string, feel: string) => `<bpmn:${tag}>${feel}</bpmn:${tag}>`;
const into = (target: string, sources: readonly string[], more = '') =>
  association('dataInputAssociation', sources, target, more);
const outOf = (source: string, target: string, more = '') =>
  association('dataOutputAssociation', [source], target, more);
const association = (tag: string, sources: readonly string[], target: string, more: string) =>
  `<bpmn:${tag}>${sources.map((one) => `<bpmn:sourceRef>${one}</bpmn:sourceRef>`).join('')}<bpmn:targetRef>${target}</bpmn:targetRef>${more}</bpmn:${tag}>`;
const specification = (inputs: readonly string[], outputs: readonly string[], optional: readonly string[] = []) =>
  element(
    'ioSpecification',
    `io_${[...inputs, ...outputs].join('_')}`,
    inputs.map((id) => element('dataInput', `in_${id}`, '', `name="${id}"`)).join('') +
      outputs.map((id) => element('dataOutput', `out_${id}`, '', `name="${id}"`)).join('') +
      `<bpmn:inputSet>${inputs.map((id) => `<bpmn:dataInputRefs>in_${id}</bpmn:dataInputRefs>`).join('')}${optional
        .map((id) => `<bpmn:optionalInputRefs>in_${id}</bpmn:optionalInputRefs>`)
        .join(
          '',
        )}</bpmn:inputSet><bpmn:outputSet>${outputs.map((id) => `<bpmn:dataOutputRefs>out_${id}</bpmn:dataOutputRefs>`).join('')}</bpmn:outputSet>`,
  );

describe('a data association', () => {
  const carried = processOf(
    'p',
    object('O', 'order'),
    object('R', 'report'),
    element('startEvent', 'start'),
    element('userTask', 'Write', specification([], ['result']) + outOf('out_result', 'O_ref')),
    element(
      'userTask',
      'Read',
      specification(['request', 'total'], ['report']) +
        into('in_request', ['O_ref']) +
        into('in_total', ['O_ref'], expression('transformation', '=order.price * order.count')) +
        outOf('out_report', 'R_ref'),
    ),
    element('endEvent', 'end'),
    chain('start Write Read end'),
  );

  test('takes a result under its data output into the data object, and brings objects in under the data input', async () => {
    const run = new CaseRun(await compiled(carried)).start();
    run.complete('Write', { result: { price: 2, count: 3 }, note: 'n' });
    expect(run.variables).toMatchObject({ order: { price: 2, count: 3 }, note: 'n' });
    expect(run.view.tasks[0]?.input).toEqual({ request: { price: 2, count: 3 }, total: 6 });
    run.complete('Read', { report: 'done' });
    expect(run.variables).toMatchObject({ report: 'done' });
  });

  test('leaves the data object alone where the result has nothing for it', async () => {
    const run = new CaseRun(await compiled(carried)).start({ order: { price: 1, count: 1 } });
    expect(run.complete('Write', { note: 'n' }).variables).toMatchObject({ order: { price: 1, count: 1 } });
  });

  test('without the required data stops the step until there are some', async () => {
    const run = new CaseRun(await compiled(carried)).start().complete('Write');
    expect(run.incidents).toEqual(['Read data-missing']);
    run.set({ order: { price: 2, count: 2 } }).retry('Read');
    expect(run.view.tasks).toMatchObject([{ elementId: 'Read', input: { total: 4 } }]);
  });

  test('without optional data does not', async () => {
    const optional = carried.replace(specification(['request', 'total'], ['report']), (whole) =>
      whole.replace(
        '</bpmn:inputSet>',
        '<bpmn:optionalInputRefs>in_request</bpmn:optionalInputRefs><bpmn:optionalInputRefs>in_total</bpmn:optionalInputRefs></bpmn:inputSet>',
      ),
    );
    const run = new CaseRun(await compiled(optional)).start().complete('Write');
    expect(run.tasks).toEqual(['Read']);
  });

  test('assigns parts, from expressions to paths, and leaves the other parts', async () => {
    const assign = (from: string, to: string) =>
      `<bpmn:assignment>${expression('from', from)}${expression('to', to)}</bpmn:assignment>`;
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('O', 'order'),
          element('startEvent', 'start'),
          element(
            'userTask',
            'A',
            specification([], ['result']) +
              outOf('out_result', 'O_ref', assign('=result.sum / 100', 'order.yuan') + assign('="paid"', 'state.code')),
          ),
          chain('start A'),
        ),
      ),
    );
    run.start({ order: { no: 'O-1', state: { by: 'x' } } }).complete('A', { result: { sum: 250 } });
    expect(run.variables.order).toEqual({ no: 'O-1', yuan: 2.5, state: { by: 'x', code: 'paid' } });
  });

  test('as a modeler draws it, without a data input, brings the object in under its own name', async () => {
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('O', 'order'),
          element('startEvent', 'start'),
          job('A', 'a', ''),
          element(
            'userTask',
            'B',
            `<bpmn:property id="P_1" name="__targetRef_placeholder"/>${into('P_1', ['O_ref'])}<bpmn:dataOutputAssociation><bpmn:targetRef>O_ref</bpmn:targetRef></bpmn:dataOutputAssociation>`,
          ),
          chain('start A B'),
        ),
      ),
    );
    run.start().jobDone('A', { order: { no: 'O-1' } });
    expect(run.view.tasks[0]?.input).toEqual({ order: { no: 'O-1' } });
    expect(run.complete('B', { order: { no: 'O-2' } }).variables).toEqual({ order: { no: 'O-2' } });
  });

  test('of a message event takes its payload apart, and gives a thrown message its payload', async () => {
    const run = new CaseRun(
      await compiled(
        message('Paid', 'order.paid', '=no'),
        message('Done', 'order.done', '=no'),
        processOf(
          'p',
          object('M', 'money'),
          element('startEvent', 'start'),
          element(
            'intermediateCatchEvent',
            'paid',
            `${element('dataOutput', 'out_sum', '', 'name="sum"')}${outOf('out_sum', 'M_ref')}<bpmn:outputSet><bpmn:dataOutputRefs>out_sum</bpmn:dataOutputRefs></bpmn:outputSet>${on('message', '', 'messageRef="Paid"')}`,
          ),
          element(
            'endEvent',
            'done',
            `${element('dataInput', 'in_sum', '', 'name="received"')}${into('in_sum', ['M_ref'])}<bpmn:inputSet><bpmn:dataInputRefs>in_sum</bpmn:dataInputRefs></bpmn:inputSet>${on('message', '', 'messageRef="Done"')}`,
          ),
          chain('start paid done'),
        ),
      ),
    );
    run.start({ no: 'O-1' }).deliver('order.paid', { sum: 5 });
    expect(run.variables).toMatchObject({ money: 5 });
    expect(run.effects).toContainEqual(
      expect.objectContaining({
        type: 'PublishMessage',
        message: expect.objectContaining({ payload: { received: 5 } }),
      }),
    );
  });

  test('goes before the mappings of the dialect, which may build on it', async () => {
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('O', 'order'),
          element('startEvent', 'start'),
          element(
            'userTask',
            'A',
            extension(io({ double: '=request * 2' }, { half: '=answer / 2' })) +
              specification(['request'], ['answer']) +
              into('in_request', ['O_ref']) +
              outOf('out_answer', 'O_ref'),
          ),
          chain('start A'),
        ),
      ),
    );
    run.start({ order: 4 });
    expect(run.view.tasks[0]?.input).toEqual({ request: 4, double: 8 });
    expect(run.complete('A', { answer: 10, other: 1 }).variables).toEqual({ order: 10, half: 5 });
  });
});

describe('a data object', () => {
  test('of a sub-process lives and ends with it, and hides one of the same name outside', async () => {
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('O', 'order'),
          element('startEvent', 'start'),
          element(
            'subProcess',
            'Sub',
            object('I', 'order') +
              element('startEvent', 's') +
              element('userTask', 'A', specification([], ['result']) + outOf('out_result', 'I_ref')) +
              element('userTask', 'B', specification(['mine'], []) + into('in_mine', ['I_ref'])) +
              element('endEvent', 'e') +
              chain('s A B e'),
          ),
          element('userTask', 'C'),
          chain('start Sub C'),
        ),
      ),
    );
    run.start({ order: 'outer' }).complete('A', { result: 'inner' });
    expect(run.view.tasks[0]?.input).toEqual({ mine: 'inner' });
    expect(run.complete('B').variables).toMatchObject({ order: 'outer' });
  });

  test('that is a collection is gone through by the association of the repeated activity, its results collected in another', async () => {
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('L', 'lines'),
          object('T', 'totals'),
          element('startEvent', 'start'),
          element(
            'userTask',
            'A',
            specification(['all', 'line'], ['sums', 'sum']) +
              into('in_all', ['L_ref']) +
              outOf('out_sums', 'T_ref') +
              `<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopDataInputRef>in_all</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>out_sums</bpmn:loopDataOutputRef><bpmn:inputDataItem id="item" name="line"/><bpmn:outputDataItem id="one" name="sum"/></bpmn:multiInstanceLoopCharacteristics>`,
          ),
          element('endEvent', 'end'),
          chain('start A end'),
        ),
      ),
    );
    run
      .start({ lines: [1, 2] })
      .complete('A', { sum: 10 })
      .complete('A', { sum: 20 });
    expect(run.outcome).toBe('completed');
    expect(run.variables).toMatchObject({ totals: [10, 20] });
  });

  test('is called as FEEL can read it, else by its id', async () => {
    const run = new CaseRun(
      await compiled(
        processOf(
          'p',
          object('Data-1', '检查 申请'),
          object('Z', '申请单'),
          element('startEvent', 'start'),
          element(
            'userTask',
            'A',
            specification([], ['x', 'y']) + outOf('out_x', 'Data-1_ref') + outOf('out_y', 'Z_ref'),
          ),
          chain('start A'),
        ),
      ),
    );
    run.start().complete('A', { x: 1, y: 2 });
    expect(run.variables).toMatchObject({ Data_1: 1, 申请单: 2 });
  });
});

describe('lint', () => {
  const flow = (content: string, task: string) =>
    findingsOf(
      processOf(
        'p',
        content,
        element('startEvent', 's'),
        element('userTask', 'A', task),
        element('endEvent', 'e'),
        chain('s A e'),
      ),
    );

  test.each([
    ['data-input-unfed', 'A', 'warning', flow('', specification(['order'], []))],
    ['data-name-taken', 'P', 'warning', flow(object('O', 'order') + object('P', 'order'), '')],
    [
      'data-store-outside',
      'A',
      'info',
      flow(element('dataStoreReference', 'S'), specification(['order'], []) + into('in_order', ['S'])),
    ],
    [
      'data-assignment-target',
      'A',
      'error',
      flow(
        object('O', 'order'),
        specification([], ['x']) +
          outOf(
            'out_x',
            'O_ref',
            '<bpmn:assignment><bpmn:from>=1</bpmn:from><bpmn:to>order[1]</bpmn:to></bpmn:assignment>',
          ),
      ),
    ],
    [
      'expression',
      'A',
      'error',
      flow(
        object('O', 'order'),
        specification(['x'], []) + into('in_x', ['O_ref'], expression('transformation', '=order.')),
      ),
    ],
  ])('says %s', async (rule, elementId, severity, findings) => {
    expect(await findings).toContainEqual(expect.objectContaining({ rule, elementId, severity }));
  });
});
