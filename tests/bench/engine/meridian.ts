import { forgetSteps } from '../../../engine/core/step.ts';
import {
  type CaseState,
  type Command,
  type CompiledDefinition,
  canonicalJson,
  compilePackage,
  createSystemRandomness,
  decide,
  openTasksOf,
  type Person,
  parseState,
  printState,
} from '../../../engine/index.ts';
import { currentDecider, type EntryContent, GENESIS_HASH, sealEntry, sha256Hex } from '../../../engine/replay/index.ts';
import { type Contender, expectEnded } from './contender.ts';
import { type Pattern, startVariables } from './patterns.ts';

const by: Person = {
  credentials: ['nurse-licence'],
  department: 'CARD',
  id: 'nurse-liu',
  kind: 'person',
  name: 'Liu Fang',
  onDuty: true,
  roles: ['nurse'],
};
const at = '2026-03-02T00:00:00.000Z';
const caseId = '01900000-0000-7000-8000-00000000c001';
const randomness = createSystemRandomness();
const key = randomness.bytes(32);

/** A case as it is kept: nothing else goes from one command to the next. */
type Stored = { readonly state: string; readonly version: number; readonly hash: string };

/** Keeps a history entry; gives its hash, which the next entry is chained to. */
type KeepEntry = (content: EntryContent) => string;

/** The entry as canonical JSON, chained by its hash to the one before. */
const chained: KeepEntry = (content) => sha256Hex(canonicalJson(content));

/** The entry as the product stores it: chained, and every value in it encrypted with the case's key and committed to. */
const sealed: KeepEntry = (content) => sealEntry(content, key, randomness).hash;

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'id' | 'caseId' | 'at' | 'by'> : never) : never;

/** Plays cases of one definition, keeping their history in one of the two ways. */
export class CasePlayer {
  private readonly definition: CompiledDefinition;
  private readonly keep: KeepEntry;

  constructor(definition: CompiledDefinition, keep: KeepEntry = chained) {
    this.definition = definition;
    this.keep = keep;
  }

  /** Starts a case. */
  start(): Stored {
    return this.perform(undefined, null, { type: 'StartCase', processId: 'process', variables: startVariables });
  }

  /** Restores a case and completes its oldest open task with the pattern's data. */
  completeNext(stored: Stored, pattern: Pattern): Stored {
    const state = parseState(stored.state);
    const [open] = openTasksOf(state);
    if (!open) throw new Error('Expected an open task, but there is none');
    const variables = pattern.answer(stored.version - 1);
    return this.perform(stored, state, { type: 'CompleteTask', taskId: open.taskId, variables });
  }

  /** Plays a case from start to end. */
  play(pattern: Pattern): void {
    let stored = this.start();
    for (let n = 0; n < pattern.tasks; n += 1) stored = this.completeNext(stored, pattern);
    expectEnded(parseState(stored.state).status === 'ended', stored.version - 1, pattern);
  }

  private perform(stored: Stored | undefined, state: CaseState | null, body: Body): Stored {
    const version = (stored?.version ?? 0) + 1;
    const command = { ...body, id: `command-${version}`, caseId, at, by };
    const decision = decide(this.definition, state, command);
    if (!decision.ok) throw new Error(decision.rejection.message);
    const entry = {
      actor: by,
      caseId,
      command: { id: command.id, type: command.type },
      decidedBy: currentDecider(),
      definition: { hash: 'bench', key: 'bench', version: 1 },
      events: decision.events,
      occurredAt: at,
      previousHash: stored?.hash ?? GENESIS_HASH,
      recordedAt: at,
      seq: version,
      tenantId: '01900000-0000-7000-8000-000000000001',
    };
    return { state: printState(decision.state), version, hash: this.keep(entry) };
  }
}

/** Compiles a pattern for Meridian. */
export async function compile(pattern: Pattern): Promise<CompiledDefinition> {
  const bpmn = pattern.bpmn((variable) => `=${variable}`);
  const pkg = { key: 'bench', title: { 'zh-CN': 'bench', en: 'bench' }, bpmn, forms: {}, decisions: {} };
  const { definition, findings } = await compilePackage(pkg, { hash: 'bench' });
  if (!definition) throw new Error(findings.map(({ message }) => message).join('\n'));
  return definition;
}

function warm(name: string, keep: KeepEntry): Contender {
  return {
    name,
    async read(pattern) {
      const player = new CasePlayer(await compile(pattern), keep);
      return (cases) => () => {
        for (let n = 0; n < cases; n += 1) player.play(pattern);
      };
    },
  };
}

/** Every case on the same definition, whose machines and expressions are remembered. */
export const meridianWarm = warm('Meridian', chained);

/** The same with the values of the history encrypted. */
export const meridianSealed = warm('Meridian, sealed', sealed);

/** The same, but before each case what the machines answered is forgotten: every step is taken by XState within the measurement. */
export const meridianCold: Contender = {
  name: 'Meridian, memo cold',
  async read(pattern) {
    const definition = await compile(pattern);
    const player = new CasePlayer(definition);
    const machines = Object.values(definition.scopes).map(({ machine }) => machine);
    return (cases) => () => {
      for (let n = 0; n < cases; n += 1) {
        for (const machine of machines) forgetSteps(machine);
        player.play(pattern);
      }
    };
  },
};

/** Every case on a definition nobody has used yet: machines are built and expressions parsed within the measurement, too. */
export const meridianFresh: Contender = {
  name: 'Meridian, first case',
  async read(pattern) {
    const definition = await compile(pattern);
    return (cases) => {
      const players = Array.from({ length: cases }, () => new CasePlayer(structuredClone(definition)));
      return () => {
        for (const player of players) player.play(pattern);
      };
    };
  },
};
