// The little the comparison uses of the two other engines; their own types are `any` where it matters.

declare module 'bpmn-elements' {
  export class Environment {
    constructor(options: { readonly variables: object });
    readonly variables: object;
    assignVariables(variables: object): void;
  }
  export type ElementApi = { readonly type: string; readonly environment: Environment; signal(message?: object): void };
  export class Definition {
    constructor(context: object);
    readonly counters: { readonly completed: number };
    run(): this;
    getState(): object;
    recover(state: unknown): this;
    resume(): this;
    getPostponed(): readonly ElementApi[];
  }
  export function Context(source: object, environment: Environment): object;
}

declare module 'bpmn-engine' {
  import type { ElementApi } from 'bpmn-elements';
  export type Execution = {
    readonly state: string;
    getState(): object;
    getPostponed(): readonly ElementApi[];
  };
  export class Engine {
    constructor(options: { readonly name: string; readonly sourceContext?: object; readonly variables?: object });
    execute(): Promise<Execution>;
    recover(state: unknown): this;
    resume(): Promise<Execution>;
  }
}

declare module 'moddle-context-serializer' {
  export default function serialize(context: object, resolver: object): object;
  export function TypeResolver(elements: object): object;
}
