import type { FlowKey } from './flows.ts';
import type { Hospital } from './hospital.ts';
import type { SeenCase } from './seen-case.ts';

/** Something that goes on in the hospital during a schedule, and what must have come of it. */
export type Story = {
  readonly flows: readonly FlowKey[];
  /** What is wanted at the outset. */
  open(hospital: Hospital): void;
  /** Says something more when its time has come; true when it did. */
  goOn?(hospital: Hospital): boolean;
  /** Whether everything has been said. */
  isOver?(hospital: Hospital): boolean;
  wrongAtEnd(hospital: Hospital): string[];
};

/** How often these nodes must have been completed. */
function counts(seen: SeenCase, wanted: Readonly<Record<string, number>>): string[] {
  return Object.entries(wanted).flatMap(([node, times]) => {
    const found = seen.nodes.get(node) ?? 0;
    return found === times ? [] : [`once: ${node} of ${seen.flow} was completed ${found} times instead of ${times}`];
  });
}

function cases(hospital: Hospital, flow: FlowKey, wanted: number): string[] {
  const found = hospital.casesOf(flow).length;
  return found === wanted ? [] : [`once: there are ${found} cases of ${flow} instead of ${wanted}`];
}

/** Which receiver a refund goes to: one that must not be asked twice, one that can be asked, one that knows its keys. */
export type Way = 'once' | 'asked' | 'again';

/** A visit is charged, checked and closed by three persons; its refund is a case of its own, asked for and answered by message. */
function visit(way: Way): Story {
  return {
    flows: ['visit', 'refund'],
    open(hospital) {
      hospital.start('visit', { orderNo: 'O-1', amount: 1200 + hospital.random.below(5), way });
    },
    wrongAtEnd(hospital) {
      return [
        ...cases(hospital, 'visit', 1),
        ...hospital
          .casesOf('visit')
          .flatMap((seen) => [
            ...counts(seen, { A1_Ask: 1, B1_Charge: 1, A2_Check: 1, G2: 1, A4_Close: 1, M1_Ask: 1, C1_Done: 1, E1: 1 }),
          ]),
        ...wrongRefunds(hospital),
      ];
    },
  };
}

function wrongRefunds(hospital: Hospital): string[] {
  const wrong = hospital.casesOf('refund').flatMap((seen) => {
    const paid = ['B1_Once', 'B2_Asked', 'B3_Again'].reduce((sum, id) => sum + (seen.nodes.get(id) ?? 0), 0);
    const explained = seen.nodes.get('A1_Explain') ?? 0;
    const once = paid + explained === 1 ? [] : [`once: a refund was paid ${paid} times and refused ${explained} times`];
    return [...once, ...counts(seen, { M1_Done: 1, E1: 1 })];
  });
  return [...cases(hospital, 'refund', 1), ...wrong];
}

/** Somebody outside asks for a refund by message, which nobody waits to hear of. */
function payback(way: Way): Story {
  return {
    flows: ['refund'],
    open: (hospital) => void hospital.publish('pay-1', 'refund.asked', 'O-2', { orderNo: 'O-2', amount: 700, way }),
    isOver: (hospital) => hospital.casesOf('refund').length > 0,
    wrongAtEnd: wrongRefunds,
  };
}

/** Two ward cases wait for a signal and for a patient's event, each said once and heard by both. */
function ward(): Story {
  const hear = (seen: SeenCase, name: string) =>
    Object.values(seen.state?.subscriptions ?? {}).some(({ subscription }) =>
      subscription.messageName.startsWith(name),
    );
  const allHear = (hospital: Hospital, name: string) =>
    hospital.casesOf('ward').length === 2 && hospital.casesOf('ward').every((seen) => hear(seen, name));
  let said = false;
  let clear = false;
  return {
    flows: ['ward', 'alarm'],
    open(hospital) {
      hospital.start('ward', { patientId: 'P-1' });
      hospital.start('ward', { patientId: 'P-1' });
      hospital.start('alarm', {});
      hospital.mayComplete = (task) => {
        clear ||= allHear(hospital, 'signal:');
        return task.elementId !== 'A1_Clear' || clear;
      };
    },
    goOn(hospital) {
      if (said || !allHear(hospital, 'patient.')) return false;
      said = true;
      hospital.publish('moved-1', 'patient.transferred', 'P-1');
      return true;
    },
    isOver: () => said,
    wrongAtEnd(hospital) {
      return [
        ...cases(hospital, 'ward', 2),
        ...cases(hospital, 'alarm', 1),
        ...hospital.casesOf('ward').flatMap((seen) => {
          const measured = (seen.nodes.get('A1_Measure') ?? 0) + (seen.nodes.get('A9_Late') ?? 0);
          const once = measured === 1 ? [] : [`once: a ward case was measured ${measured} times`];
          return [...once, ...counts(seen, { C2_Clear: 1, C3_Moved: 1, G2: 1, A2_Leave: 1, E1: 1 })];
        }),
      ];
    },
  };
}

/** Rounds begin by the clock; some are called off. */
function round(): Story {
  const calledOff = new Set<string>();
  return {
    flows: ['round'],
    open() {},
    goOn(hospital) {
      const open = hospital.casesOf('round').find((seen) => !seen.ended && !calledOff.has(seen.caseId));
      if (!open || !hospital.random.chance(15)) return false;
      calledOff.add(open.caseId);
      hospital.cancel(open);
      return true;
    },
    isOver: (hospital) => hospital.casesOf('round').length >= 2,
    wrongAtEnd(hospital) {
      return [
        ...cases(hospital, 'round', 2),
        ...hospital.casesOf('round').flatMap((seen) => {
          const looked = seen.nodes.get('A1_Look') ?? 0;
          const expected = seen.state?.outcome === 'completed' ? 1 : 0;
          return looked === expected
            ? []
            : [`once: a round that was ${seen.state?.outcome} was looked at ${looked} times`];
        }),
      ];
    },
  };
}

/** A laboratory that is broken for a while: somebody has to look after the case. */
function fragile(): Story {
  return {
    flows: ['fragile'],
    open(hospital) {
      hospital.bank.broken = hospital.random.below(3);
      hospital.start('fragile', { amount: 0 });
    },
    wrongAtEnd(hospital) {
      return [
        ...cases(hospital, 'fragile', 1),
        ...hospital.casesOf('fragile').flatMap((seen) => counts(seen, { B1_Send: 1, E1: 1 })),
      ];
    },
  };
}

/** The order whose message a call waits for, if it does. */
function callsBack({ state }: SeenCase): string | undefined {
  return Object.values(state?.subscriptions ?? {}).find(({ subscription }) => subscription.messageName === 'call.back')
    ?.subscription.correlationKey;
}

/** Cases begun by messages said from outside, perhaps more than once; another message came first; a third races with a person, case by case. */
function calls(orders: readonly string[]): Story {
  const back = new Set<string>();
  const say = (hospital: Hospital, what: string, orderNo: string) =>
    hospital.publish(`${what}-${orderNo}`, `call.${what}`, orderNo, { orderNo });
  return {
    flows: ['call'],
    open(hospital) {
      for (const order of orders) {
        say(hospital, 'call', order);
        say(hospital, 'sure', order);
      }
      // The person and the third message come at the same time.
      hospital.mayComplete = (task, seen) => task.elementId !== 'A1_Wait' || back.has(callsBack(seen) ?? '');
    },
    goOn(hospital) {
      const waiting = hospital.casesOf('call').flatMap((seen) => callsBack(seen) ?? []);
      const next = waiting.some((order) => back.has(order)) ? undefined : waiting[0];
      if (next === undefined) return false;
      back.add(next);
      say(hospital, 'back', next);
      return true;
    },
    isOver: (hospital) => hospital.casesOf('call').length >= orders.length,
    wrongAtEnd(hospital) {
      return [
        ...cases(hospital, 'call', orders.length),
        ...hospital.casesOf('call').flatMap((seen) => {
          const ways = (seen.nodes.get('C3_Later') ?? 0) + (seen.nodes.get('A2_Answer') ?? 0);
          const once = ways === 1 ? [] : [`once: a call was answered ${ways} times`];
          return [...once, ...counts(seen, { C1_Sure: 1, E1: 1 })];
        }),
      ];
    },
  };
}

const call = () => calls(['O-9']);
const manyCalls = () => calls(['O-9', 'O-10', 'O-11', 'O-12']);

/** All stories by name. */
export const stories = { visit, payback, ward, round, fragile, call, manyCalls } satisfies Record<
  string,
  (way: Way) => Story
>;

/** Name of a story. */
export type StoryName = keyof typeof stories;
