import type { BpmnElement } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import type { Body, IrNode, Repeat, Throw, Trigger, WrittenAdHoc } from '../ir/kernel.ts';

/** What a node becomes: its body and whatever differs from the plain node the compiler makes of every element. */
export type Lowering = { readonly body: Body } & Partial<
  Pick<IrNode, 'split' | 'join' | 'inputs' | 'outputs' | 'boundary'>
>;

/** What the compiler offers an element while it lowers itself. */
export type LowerContext = {
  /** Records a finding; an `error` refuses the deployment. */
  report(finding: Finding): void;
  /** Lowers an inner container (sub-process) to a scope of its own and gives the scope's id. `adHoc`: its activities are entered by command. */
  lowerScope(container: BpmnElement, adHoc?: WrittenAdHoc): string;
  /** What an event definition waits for; nothing (with a finding) when it cannot be waited for here. */
  triggerOf(event: BpmnElement): Trigger | undefined;
  /** What an event definition throws; nothing for a none event. */
  throwOf(event: BpmnElement): Body | undefined;
  /** Catching link event of that name in the same scope. */
  linkTarget(name: string): string | undefined;
};

/** How one BPMN element type becomes kernel primitives. One folder each, one line in the registry. */
export type ElementLowering = {
  /** BPMN type, e.g. `bpmn:UserTask`. */
  readonly type: string;
  lower(element: BpmnElement, context: LowerContext): Lowering | undefined;
};

/** How one kind of event definition waits and is thrown. */
export type EventDefinitionLowering = {
  readonly type: string;
  readonly trigger?: (definition: BpmnElement, event: BpmnElement, context: LowerContext) => Trigger | undefined;
  readonly thrown?: (definition: BpmnElement, event: BpmnElement, context: LowerContext) => Body | undefined;
};

/** How loop characteristics repeat an activity; `scope` is the scope of one run. */
export type LoopLowering = {
  readonly type: string;
  lower(loop: BpmnElement, activity: BpmnElement, scope: string, context: LowerContext): Repeat | undefined;
};

/** A body that throws. */
export function throwing(throws: Throw): Body {
  return { kind: 'throw', throws };
}

/** A body that goes straight through. */
export const passing: Body = { kind: 'pass', acts: [] };

/** An error finding about an element. */
export function refusal(rule: string, elementId: string, expected: string, but: string, path?: string): Finding {
  return {
    rule,
    severity: 'error',
    message: `Expected ${expected}, but ${but}`,
    elementId,
    ...(path === undefined ? {} : { path }),
  };
}
