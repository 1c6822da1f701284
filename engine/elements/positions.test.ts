import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, flow, io, message, on, processOf } from '../../tests/spec/diagram.ts';

/** Every event in every position the standard's tables allow (BPMN 2.0.2, tables 10.84 to 10.89): drawn, deployed and made to happen. */
const roots = [
  message('Msg', 'news'),
  element('signal', 'Sig', '', 'name="alarm"'),
  element('error', 'Err', '', 'errorCode="failed"'),
  element('escalation', 'Esc', '', 'escalationCode="late"'),
];

const message_ = on('message', '', 'messageRef="Msg"');
const signal = on('signal', '', 'signalRef="Sig"');
const timer = on('timer', '<bpmn:timeDuration>PT1H</bpmn:timeDuration>');
const conditional = on('conditional', '<bpmn:condition>=flag = true</bpmn:condition>');
const error = on('error', '', 'errorRef="Err"');
const escalation = on('escalation', '', 'escalationRef="Esc"');
const compensate = on('compensate');

type Event = { readonly definition: string; readonly happen: (run: CaseRun, at: string) => CaseRun };

/** What a case can wait for, and how it comes about from outside. */
const waited: Readonly<Record<string, Event>> = {
  message: { definition: message_, happen: (run, at) => run.deliver('news', {}, at) },
  signal: { definition: signal, happen: (run, at) => run.deliver('signal:alarm', {}, at) },
  timer: { definition: timer, happen: (run, at) => run.fire(at) },
  conditional: { definition: conditional, happen: (run) => run.set({ flag: true }) },
  multiple: { definition: message_ + timer, happen: (run, at) => run.deliver('news', {}, at) },
  'parallel multiple': {
    definition: message_ + timer,
    happen: (run, at) => run.deliver('news', {}, at).fire(at),
  },
};

/** What is thrown inside the case, by an end event behind task `W`. */
const thrown: Readonly<Record<string, Event>> = {
  error: { definition: error, happen: (run) => run.complete('W') },
  escalation: { definition: escalation, happen: (run) => run.complete('W') },
};

function together(name: string): string {
  return name === 'parallel multiple' ? 'parallelMultiple="true"' : '';
}

const plain = (...content: readonly string[]) =>
  processOf('p', element('startEvent', 'start'), element('userTask', 'after'), element('endEvent', 'end'), ...content);

/** `W`, then an end event that throws. */
const throwing = (definition: string) =>
  element('startEvent', 'is') + element('userTask', 'W') + element('endEvent', 'ie', definition) + chain('is W ie');

const waiting = element('startEvent', 'is') + element('userTask', 'W') + element('endEvent', 'ie') + chain('is W ie');

const eventSubProcess = (definition: string, attributes: string) =>
  element(
    'subProcess',
    'E',
    element('startEvent', 'x', definition, attributes) +
      element('userTask', 'handle') +
      element('endEvent', 'xe') +
      chain('x handle xe'),
    'triggeredByEvent="true"',
  );

async function started(...content: readonly string[]): Promise<CaseRun> {
  return new CaseRun(await compiled(...roots, ...content)).start({ flag: false });
}

const entries = (events: Readonly<Record<string, Event>>) =>
  Object.entries(events).map(([name, event]) => ({ name, ...event }));
const anyEvent = [...entries(waited), ...entries(thrown)];

describe('an event', () => {
  test.each(entries(waited))('$name, caught in the flow', async ({ name, definition, happen }) => {
    const run = await started(
      plain(element('intermediateCatchEvent', 'x', definition, together(name)), chain('start x after end')),
    );
    expect(run.tasks).toEqual([]);
    expect(happen(run, 'x').tasks).toEqual(['after']);
  });

  test.each(entries(waited).filter(({ name }) => !name.includes('multiple')))(
    '$name, behind an event-based gateway',
    async ({ definition, happen }) => {
      const other = element('intermediateCatchEvent', 'y', on('signal', '', 'signalRef="Sig"'));
      const run = await started(
        plain(
          element('eventBasedGateway', 'g'),
          element('intermediateCatchEvent', 'x', definition),
          other,
          chain('start g x after end'),
          chain('g y end'),
        ),
      );
      expect(happen(run, 'x').tasks).toEqual(['after']);
    },
  );

  test.each(
    anyEvent.flatMap((event) => [true, false].map((interrupting) => ({ ...event, interrupting }))).filter(mayBeside),
  )('$name, on a boundary (interrupting: $interrupting)', async ({ name, definition, happen, interrupting }) => {
    const content = Object.hasOwn(thrown, name) ? throwing(definition) : waiting;
    const event = boundary('x', 'S', definition, interrupting).replace('id="x"', `id="x" ${together(name)}`);
    const run = await started(
      plain(
        element('subProcess', 'S', content),
        event,
        element('userTask', 'handle'),
        chain('start S after end'),
        chain('x handle end'),
      ),
    );
    happen(run, 'x');
    const stays = interrupting ? [] : [Object.hasOwn(thrown, name) ? 'after' : 'W'];
    expect(run.tasks).toEqual([...stays, 'handle'].sort());
  });

  test.each(
    anyEvent.flatMap((event) => [true, false].map((interrupting) => ({ ...event, interrupting }))).filter(mayBeside),
  )(
    '$name, starting an event sub-process (interrupting: $interrupting)',
    async ({ name, definition, happen, interrupting }) => {
      const content = Object.hasOwn(thrown, name) ? throwing(definition) : waiting;
      const attributes = `isInterrupting="${interrupting}" ${together(name)}`;
      const run = await started(
        plain(
          element('subProcess', 'S', content + eventSubProcess(definition, attributes)),
          chain('start S after end'),
        ),
      );
      happen(run, 'x');
      const stays = interrupting || Object.hasOwn(thrown, name) ? [] : ['W'];
      expect(run.tasks).toEqual([...stays, 'handle'].sort());
      expect(run.complete('handle').tasks).toEqual(stays.length > 0 ? ['W'] : ['after']);
    },
  );

  test.each(entries(waited).filter(({ name }) => name !== 'parallel multiple'))(
    '$name, starting a process',
    async ({ name, definition }) => {
      const drawn = processOf(
        'p',
        element('startEvent', 'x', definition),
        element('userTask', 'after'),
        element('endEvent', 'end'),
        chain('x after end'),
      );
      const run = new CaseRun(await compiled(...roots, drawn));
      const kinds = run.definition.processes.p?.starts.map(({ kind }) => kind);
      expect(kinds).toEqual(name === 'multiple' ? ['message', 'timer'] : [name === 'conditional' ? 'condition' : name]);
      expect(run.start({ flag: true }, { startEventId: 'x' }).tasks).toEqual(['after']);
    },
  );

  test.each([
    ['message', on('message', '', 'messageRef="Msg"')],
    ['signal', signal],
    ['escalation', escalation],
    ['compensation', compensate],
    ['none', ''],
    ['multiple', on('message', '', 'messageRef="Msg"') + signal + escalation],
  ])('%s, thrown in the flow', async (name, definition) => {
    const payload = extension('<clinical:publish />', io({}));
    const run = await started(
      plain(element('intermediateThrowEvent', 'x', payload + definition), chain('start x after end')),
    );
    expect(run.tasks).toEqual(['after']);
    const published = run.effects.filter(({ type }) => type === 'PublishMessage').length;
    expect(published).toBe({ message: 1, signal: 1, multiple: 2 }[name] ?? 0);
  });

  test.each([
    ['message', message_, 'completed'],
    ['signal', signal, 'completed'],
    ['escalation', escalation, 'completed'],
    ['compensation', compensate, 'completed'],
    ['terminate', on('terminate'), 'terminated'],
    ['error', error, 'error'],
    ['none', '', 'completed'],
    ['multiple', message_ + signal, 'completed'],
  ])('%s, at an end', async (_, definition, outcome) => {
    const run = await started(
      processOf('p', element('startEvent', 'start'), element('endEvent', 'x', definition), chain('start x')),
    );
    expect(run.outcome).toBe(outcome);
  });

  test('cancel, at the end of a transaction and on its boundary', async () => {
    const run = await started(
      plain(
        element('transaction', 'S', throwing(on('cancel'))),
        boundary('x', 'S', on('cancel')),
        element('userTask', 'handle'),
        chain('start S after end'),
        chain('x handle end'),
      ),
    );
    expect(run.complete('W').tasks).toEqual(['handle']);
  });

  test('compensation, on a boundary and starting an event sub-process', async () => {
    const handler = element('userTask', 'undo', '', 'isForCompensation="true"');
    const association = '<bpmn:association id="as" sourceRef="x" targetRef="undo" />';
    const inside = `${waiting}${boundary('x', 'W', compensate)}${handler}${association}`;
    const run = await started(
      plain(
        element('subProcess', 'S', inside),
        element('intermediateThrowEvent', 'back', compensate),
        chain('start S back after end'),
      ),
    );
    expect(run.complete('W').tasks).toEqual(['undo']);
    expect(run.complete('undo').tasks).toEqual(['after']);
    const outer = await started(
      plain(
        element('subProcess', 'S', waiting + eventSubProcess(compensate, '')),
        element('intermediateThrowEvent', 'back', compensate),
        chain('start S back after end'),
      ),
    );
    expect(outer.complete('W').tasks).toEqual(['handle']);
    expect(outer.complete('handle').tasks).toEqual(['after']);
  });

  test('link, thrown and caught', async () => {
    const link = on('link', '', 'name="far"');
    const run = await started(
      plain(
        element('intermediateThrowEvent', 'out', link),
        element('intermediateCatchEvent', 'in', link),
        flow('start', 'out'),
        chain('in after end'),
      ),
    );
    expect(run.tasks).toEqual(['after']);
  });
});

/** An error always interrupts. */
function mayBeside({ name, interrupting }: { readonly name: string; readonly interrupting: boolean }): boolean {
  return interrupting || name !== 'error';
}
