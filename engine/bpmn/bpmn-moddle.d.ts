declare module 'bpmn-moddle' {
  /** What reading gives; the library ships no types for its own face. */
  export type ParseResult = {
    readonly rootElement: unknown;
    readonly elementsById: Readonly<Record<string, unknown>>;
    readonly references: readonly unknown[];
    readonly warnings: readonly unknown[];
  };

  /** Reads and writes BPMN 2.0 with the given extension packages. */
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string, typeName?: string): Promise<ParseResult>;
    create(type: string, attributes: object): import('../ir/bpmn-element.ts').BpmnElement;
    toXML(element: object, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
  }
}
