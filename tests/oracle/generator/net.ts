import type { Random } from '../random.ts';
import { bpmn, type Drawn, zeebe } from './drawn.ts';

/** What a piece of a net is entered and left by. */
export type Piece = { readonly first: string; readonly last: string };

/** One block of the generator: an element of BPMN with what belongs to it. */
export type Block = {
  readonly name: string;
  readonly weight: number;
  /** Not inside a sub-process, or only above a depth. */
  readonly fits?: (net: Net) => boolean;
  readonly draw: (net: Net) => Piece;
};

/** What all nets of one file share. */
export type Drawing = {
  readonly random: Random;
  /** Drawn but not yet used up: how many more elements fit. */
  budget: number;
  count: number;
  readonly used: Set<string>;
  readonly called: Drawn[];
  readonly blocks: readonly Block[];
};

/** What a node is drawn with. */
export type NodeOptions = {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: readonly Drawn[];
};

type DrawnFlow = { readonly id: string; readonly from: string; readonly to: string; readonly condition?: string };

type DrawnNode = { readonly id: string; readonly tag: string; readonly options: NodeOptions; defaultFlow?: string };

/** The nodes and flows of one scope while it is drawn. */
export class Net {
  readonly drawing: Drawing;
  readonly depth: number;
  readonly kind: 'process' | 'subProcess' | 'eventSubProcess' | 'transaction' | 'adHocSubProcess';
  private readonly nodes: DrawnNode[] = [];
  private readonly flows: DrawnFlow[] = [];
  private readonly artifacts: Drawn[] = [];
  private dataObject: string | undefined;
  /** What its last end event throws, for somebody around it to catch. */
  throws: 'error' | 'escalation' | undefined;
  /** Whether an event sub-process of it undoes it. */
  undoesItself = false;
  /** Activities that can be undone. */
  readonly undone: string[] = [];

  constructor(drawing: Drawing, depth: number, kind: Net['kind']) {
    this.drawing = drawing;
    this.depth = depth;
    this.kind = kind;
  }

  get random(): Random {
    return this.drawing.random;
  }

  /** Adds a node and gives its id. */
  node(tag: string, options: NodeOptions = {}, prefix = 'n'): string {
    this.drawing.count += 1;
    this.drawing.budget -= 1;
    const id = `${prefix}${this.drawing.count}`;
    this.nodes.push({ id, tag, options });
    return id;
  }

  /** Adds a flow and gives its id. */
  flow(from: string, to: string, condition?: string): string {
    this.drawing.count += 1;
    const id = `f${this.drawing.count}`;
    this.flows.push({ id, from, to, ...(condition === undefined ? {} : { condition }) });
    return id;
  }

  setDefault(node: string, flow: string): void {
    const found = this.nodes.find(({ id }) => id === node);
    if (found) found.defaultFlow = flow;
  }

  /** Makes a flow the default where its node is of a type that has one. */
  setDefaultOf(node: string, tag: string, flow: string): void {
    const found = this.nodes.find(({ id }) => id === node);
    if (found?.tag === tag) found.defaultFlow = flow;
  }

  artifact(drawn: Drawn): void {
    this.artifacts.push(drawn);
  }

  /** Lets a way end at a node; in an ad-hoc sub-process nothing ends. */
  finish(last: string, drawEnd: (net: Net) => string): void {
    if (this.kind !== 'adHocSubProcess') this.flow(last, drawEnd(this));
  }

  /** A reference to the data object of this scope. */
  data(): string {
    if (this.dataObject) return this.dataObject;
    this.drawing.count += 1;
    const id = `o${this.drawing.count}`;
    this.artifacts.push(bpmn('dataObject', { id, name: 'd' }));
    this.dataObject = `${id}r`;
    this.artifacts.push(bpmn('dataObjectReference', { id: this.dataObject, dataObjectRef: id }));
    return this.dataObject;
  }

  /** A node alone as a piece. */
  single(tag: string, options: NodeOptions = {}): Piece {
    const id = this.node(tag, options);
    return { first: id, last: id };
  }

  /** Pieces one behind the other. */
  chain(...pieces: readonly Piece[]): Piece {
    pieces.slice(1).forEach((piece, index) => {
      this.flow(pieces[index]?.last ?? '', piece.first);
    });
    return { first: pieces[0]?.first ?? '', last: pieces.at(-1)?.last ?? '' };
  }

  /** One random block. */
  piece(): Piece {
    const { blocks, random, budget } = this.drawing;
    const fitting = blocks.filter((block) => (block.fits?.(this) ?? true) && (budget > 6 || block.weight >= 0));
    const simple = fitting.filter(({ name }) => name.startsWith('task'));
    const from = budget > 4 || simple.length === 0 ? fitting : simple;
    const total = from.reduce((sum, { weight }) => sum + weight, 0);
    let at = random.fraction() * total;
    const block = from.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    if (!block) throw new Error('Expected a block that fits');
    this.drawing.used.add(block.name);
    return block.draw(this);
  }

  /** Some random blocks one behind the other. */
  pieces(most: number): Piece {
    return this.chain(...Array.from({ length: this.random.between(1, most) }, () => this.piece()));
  }

  /** Ids of nodes drawn so far with their tags, oldest first. */
  get drawnNodes(): readonly { readonly id: string; readonly tag: string }[] {
    return this.nodes;
  }

  get drawnFlows(): readonly DrawnFlow[] {
    return this.flows;
  }

  /** Whether no further flow may leave a node. */
  isFixedExit(id: string, tag: string): boolean {
    return (
      /^(endEvent|eventBasedGateway|startEvent)$/.test(tag) ||
      this.isUndo(id) ||
      this.isSpecial(id, 'bpmn:linkEventDefinition', 'intermediateThrowEvent')
    );
  }

  /** Whether no further flow may lead to a node. */
  isFixedEntry(id: string, tag: string): boolean {
    const gateways = this.nodes.filter((node) => node.tag === 'eventBasedGateway').map((node) => node.id);
    const isRaced = this.flows.some(({ from, to }) => to === id && gateways.includes(from));
    return (
      /^[uh]/.test(id) ||
      isRaced ||
      this.nodes.some((node) => node.id === id && node.options.attributes?.instantiate === 'true') ||
      /^(startEvent|boundaryEvent)$/.test(tag) ||
      this.isSpecial(id, 'bpmn:linkEventDefinition', 'intermediateCatchEvent')
    );
  }

  private isUndo(id: string): boolean {
    const content = this.nodes.find((one) => one.id === id)?.options.content ?? [];
    return content.some(({ tag }) => tag === 'bpmn:compensateEventDefinition' && id.startsWith('b'));
  }

  private isSpecial(id: string, definition: string, type: string): boolean {
    const node = this.nodes.find((one) => one.id === id);
    const isHandler =
      node?.options.attributes?.triggeredByEvent === 'true' || node?.options.attributes?.isForCompensation === 'true';
    return isHandler || (node?.tag === type && (node.options.content ?? []).some(({ tag }) => tag === definition));
  }

  /** A condition over the case's numbers. */
  condition(): string {
    const { random } = this;
    const [a, b] = [random.pick(['x', 'y', 'z']), random.pick(['x', 'y', 'z'])];
    return `=${random.pick([
      `${a} = ${random.between(0, 2)}`,
      `${a} > ${random.between(0, 2)}`,
      `${a} <= ${b}`,
      `not(${a} = ${random.between(0, 2)})`,
      `${a} = ${random.between(0, 2)} or ${b} > 1`,
      `${a} + ${b} < ${random.between(1, 4)}`,
    ])}`;
  }

  /** Everything drawn, as flow elements and artifacts. */
  content(): readonly Drawn[] {
    return [...this.nodes.map((node) => this.drawNode(node)), ...this.flows.map(drawFlow), ...this.artifacts];
  }

  private drawNode({ id, tag, options, defaultFlow }: DrawnNode): Drawn {
    const listed = (name: string, flows: readonly DrawnFlow[]) => flows.map((flow) => bpmn(name, {}, flow.id));
    const { attributes = {}, content = [] } = options;
    const extensions = content.filter((one) => one.tag === 'bpmn:extensionElements');
    const inside = content.filter((one) => one.tag !== 'bpmn:extensionElements');
    return bpmn(
      tag,
      { id, ...attributes, ...(defaultFlow ? { default: defaultFlow } : {}) },
      ...extensions,
      ...listed(
        'incoming',
        this.flows.filter(({ to }) => to === id),
      ),
      ...listed(
        'outgoing',
        this.flows.filter(({ from }) => from === id),
      ),
      ...inside,
    );
  }
}

function drawFlow({ id, from, to, condition }: DrawnFlow): Drawn {
  const expression = condition === undefined ? [] : [formal('conditionExpression', condition)];
  return bpmn('sequenceFlow', { id, sourceRef: from, targetRef: to }, ...expression);
}

/** An expression element. */
export function formal(tag: string, text: string): Drawn {
  return bpmn(tag, { 'xsi:type': 'bpmn:tFormalExpression' }, text);
}

/** Extension of a task for a connector. */
export function jobType(type: string): Drawn {
  return bpmn('extensionElements', {}, zeebe('taskDefinition', { type }));
}
