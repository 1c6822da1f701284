/** A parsed XML element of unknown shape, read by name; whatever is not there is `undefined` or an empty list. */
export class XmlElement {
  private readonly raw: Readonly<Record<string, unknown>>;

  constructor(raw: Readonly<Record<string, unknown>>) {
    this.raw = raw;
  }

  /** Local name: `userTask`, `taskDefinition`. */
  get name(): string {
    const type = String(this.raw.$type ?? '');
    const local = type.slice(type.indexOf(':') + 1);
    return local.charAt(0).toLowerCase() + local.slice(1);
  }

  get id(): string {
    return this.text('id') ?? '';
  }

  text(name: string): string | undefined {
    const value = this.raw[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;
  }

  child(name: string): XmlElement | undefined {
    const value = this.raw[name];
    return isRecord(value) ? new XmlElement(value) : undefined;
  }

  children(name: string): readonly XmlElement[] {
    const value = this.raw[name];
    return Array.isArray(value) ? value.filter(isRecord).map((one) => new XmlElement(one)) : [];
  }

  /** Text of a nested expression. */
  body(name: string): string | undefined {
    return this.child(name)?.text('body');
  }

  /** Extension elements of a local name, at any depth below the element's own. */
  extensions(name: string): readonly XmlElement[] {
    return (this.child('extensionElements')?.children('values') ?? []).flatMap((one) => one.named(name));
  }

  private named(name: string): readonly XmlElement[] {
    return [...(this.name === name ? [this] : []), ...this.children('$children').flatMap((one) => one.named(name))];
  }
}

/** Whether a value can be read by name. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
