import { loadShippedPackages } from '../../processes/index.ts';
import { checkInvariants } from './check-invariants.ts';
import { createMemoryProbe } from './memory-probe.ts';
import { performStep } from './perform-step.ts';
import { describeCase, type Play, seeCase } from './play.ts';
import type { Scenario, Step } from './scenario-format.ts';
import { settle } from './settle.ts';
import { createWorld, hospital, type StoreProbe, type World } from './world.ts';

/** What a step did, for people. */
export type StepReport = {
  readonly number: number;
  readonly step: Step;
  /** Virtual time after the step. */
  readonly at: string;
  /** Where the current case stands. */
  readonly stands: string;
  readonly failures: readonly string[];
};

/** What came of a scenario; it stops at the first step that fails. */
export type ScenarioReport = { readonly ok: boolean; readonly steps: readonly StepReport[] };

/** How a scenario is played. */
export type RunOptions = {
  /** Where the cases are kept; a fresh store in memory by default. */
  readonly probe?: StoreProbe;
  readonly onStep?: (report: StepReport) => void;
  /** Gets the world before the first step. */
  readonly onWorld?: (world: World) => void;
};

/** Plays a scenario on the real engine, checking after every step what must always hold. */
export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<ScenarioReport> {
  const world = createWorld(options.probe ?? createMemoryProbe(), scenario.at, JSON.stringify(scenario.title));
  options.onWorld?.(world);
  world.setRoster(scenario.roster ?? 'clock');
  await publishAll(world);
  await world.simulators.ready();
  if (scenario.given) await world.simulators.given(scenario.given);
  for (const fault of scenario.faults ?? []) await world.simulators.injectFault(fault);
  const play: Play = { world, cases: new Map(), sent: 0 };
  const checked = new Map<string, number>();
  const steps: StepReport[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const failures = await perform(play, step);
    failures.push(...(await checkInvariants(world, checked)));
    const report = { number: index + 1, step, at: world.clock.now(), stands: await standsAt(play, step), failures };
    steps.push(report);
    options.onStep?.(report);
    if (failures.length > 0) break;
  }
  return { ok: steps.every((report) => report.failures.length === 0), steps };
}

async function perform(play: Play, step: Step): Promise<string[]> {
  try {
    const failures = [...(await performStep(play, step))];
    await settle(play.world);
    return failures;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Files do not change while scenarios are played. */
let shipped: ReturnType<typeof loadShippedPackages> | undefined;

/** Every shipped flow is there, since one calls upon another. */
async function publishAll(world: World): Promise<void> {
  const by = await world.person('po-lu');
  const approvedBy = await world.person('pr-su');
  shipped ??= loadShippedPackages();
  for (const { pkg } of await shipped) {
    const published = await world.engine().publish({ tenantId: hospital, by, pkg, approvedBy });
    if (published.ok) continue;
    const reasons = (published.rejection.fields ?? []).map((field) => `  ${field.path}: ${field.message}`);
    throw new Error([`${pkg.key}: ${published.rejection.message}`, ...reasons].join('\n'));
  }
}

async function standsAt(play: Play, step: Step): Promise<string> {
  if (play.current === undefined) return 'no case yet';
  return describeCase(await seeCase(play, step).catch(() => seeCase(play, {})));
}
