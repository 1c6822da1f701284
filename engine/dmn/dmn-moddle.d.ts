/** dmn-moddle ships no types. Only what is used here; everything read from an element is checked (`moddle-element.ts`). */
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, object>>);
    fromXML(
      xml: string,
      typeName?: string,
    ): Promise<{ rootElement: object; warnings: readonly { readonly message: string }[] }>;
  }
}
