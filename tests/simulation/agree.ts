import { compilePackage } from '../../engine/index.ts';
import { Refused, Restless } from '../oracle/game/game.ts';
import type { Move } from '../oracle/game/moves.ts';
import { type Drawn, toXml } from '../oracle/generator/drawn.ts';
import { shuffled } from '../oracle/generator/shuffle.ts';
import { Random } from '../oracle/random.ts';
import { readModel } from '../oracle/read-model.ts';
import { EnginePlayer, type Snapshot } from './engine-player.ts';
import { OraclePlayer } from './oracle-player.ts';

/** What came of one process played by both. */
export type Verdict = {
  /** Undefined when engine and oracle agree. */
  readonly disagreement?: string;
  readonly steps: number;
  readonly outcome: string;
  /** Ids of the nodes a token came to and of the flows it took. */
  readonly visited: ReadonlySet<string>;
};

/** How two players are compared. */
export type Comparison = {
  readonly startAt?: string;
  /** Whether the engine plays the file with its elements in another order too. */
  readonly shuffles?: boolean;
  /** How many words from outside at most. */
  readonly most?: number;
};

/** Plays a drawn process by oracle and engine side by side, and by the engine once more with the elements in another order. */
export async function compareOn(file: Drawn, seed: number, options: Comparison = {}): Promise<Verdict> {
  const { startAt, shuffles = true, most = 12 } = options;
  const random = new Random(seed ^ 0x5eed);
  const xml = toXml(file);
  const oracle = new OraclePlayer(await readModel(xml));
  const engines = [await compiled(xml)];
  if (shuffles) engines.push(await compiled(toXml(shuffled(file, new Random(seed)))));
  const moves: Move[] = [];
  const given = { x: random.between(0, 1), y: random.between(0, 1), z: random.between(0, 1) };
  const verdict = (outcome: string): Verdict => ({ steps: moves.length, outcome, visited: oracle.visited });
  try {
    const started = say(oracle, engines, (player) => player.start('p', given, startAt));
    if (started !== 'went') return verdict(started);
    for (;;) {
      const expected = oracle.snapshot();
      engines.forEach((engine, place) => {
        agree(expected, engine.snapshot(), place === 0 ? 'the engine' : 'the engine on shuffled XML');
      });
      const move = moves.length < most ? oracle.choose(random) : undefined;
      if (!move) for (const engine of engines) engine.verify();
      if (!move) return verdict(expected.outcome);
      moves.push(move);
      if (say(oracle, engines, (player) => player.perform(move)) === 'endless') return verdict('endless');
    }
  } catch (failure) {
    const told = failure instanceof Error ? failure.message : String(failure);
    const after = [given, ...moves].map((move) => JSON.stringify(move)).join('\n      ');
    return { ...verdict('unknown'), disagreement: `${told}\nafter ${after}` };
  }
}

/** What came of a word: the case `went` on, would go on for ever, or was refused a start whose condition does not hold. */
type Answer = 'went' | 'endless' | 'refused';

/** Says the same to all, who must answer alike. */
function say(
  oracle: OraclePlayer,
  engines: readonly EnginePlayer[],
  word: (player: OraclePlayer | EnginePlayer) => void,
): Answer {
  const expected = answerTo(
    () => word(oracle),
    (failure) => (failure instanceof Restless ? 'endless' : failure instanceof Refused ? 'refused' : undefined),
  );
  for (const engine of engines) {
    const found = answerTo(() => word(engine), rejectionBy);
    if (found !== expected) throw new Error(`the engine disagrees: the case ${found}; oracle: ${expected}`);
  }
  return expected;
}

function rejectionBy(failure: unknown): Answer | undefined {
  const text = String(failure);
  if (text.includes('comes to rest')) return 'endless';
  return text.includes('the condition of start event') ? 'refused' : undefined;
}

function answerTo(act: () => void, answerOf: (failure: unknown) => Answer | undefined): Answer {
  try {
    act();
    return 'went';
  } catch (failure) {
    const answer = answerOf(failure);
    if (answer) return answer;
    throw failure;
  }
}

async function compiled(xml: string): Promise<EnginePlayer> {
  const { definition, findings } = await compilePackage({
    key: 'r',
    title: { 'zh-CN': 'r', en: 'r' },
    bpmn: xml,
    forms: {},
    decisions: {},
  });
  if (!definition)
    throw new Error(`Expected a process that compiles, but: ${findings.map(({ message }) => message).join('\n')}`);
  return new EnginePlayer(definition);
}

function agree(expected: Snapshot, found: Snapshot, who: string): void {
  const differences = [
    difference('trace', [...expected.trace].sort(), [...found.trace].sort()),
    difference('tokens', expected.tokens, found.tokens),
    difference('waits', expected.waits, found.waits),
    difference('incidents', expected.incidents, found.incidents),
    difference('variables', [expected.variables], [found.variables]),
    difference('outcome', [expected.outcome], [found.outcome]),
  ].filter((one) => one !== undefined);
  if (differences.length > 0)
    throw new Error(
      `${who} disagrees:\n${differences.join('\n')}\noracle ${expected.trace.join(' ')}\nengine ${found.trace.join(' ')}`,
    );
}

function difference(what: string, expected: readonly string[], found: readonly string[]): string | undefined {
  if (expected.length === found.length && expected.every((one, index) => one === found[index])) return undefined;
  return `${what}: oracle ${JSON.stringify(expected)}\n${' '.repeat(what.length)}  engine ${JSON.stringify(found)}`;
}
