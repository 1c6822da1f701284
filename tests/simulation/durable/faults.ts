import type { Random } from '../../oracle/random.ts';
import { type CallFault, type CallPoint, callFaults, faultPoints, type Happening, pointName } from './fault-points.ts';

const known: ReadonlySet<string> = new Set(faultPoints);

/** How many percent of the chances to do it a fault is done, when the schedule has its eye on it and when not. */
const often = 50;
const seldom = 0.7;

/** More deaths than this would only make the schedule long. */
const mostDeaths = 6;

/** Which faults of a schedule are done; without it all that are drawn. For making a found schedule shorter. */
export type KeptFaults = ReadonlySet<number>;

/** Draws the faults of one schedule: a few it has its eye on, the others now and then. Counts every one that is done. */
export class Faults {
  /** Off once everything has to finish. */
  on = true;
  readonly done = new Map<string, number>();
  /** Numbers of the faults that were done, in order. */
  readonly numbers: number[] = [];
  private drawn = 0;
  private deaths = 0;
  private readonly random: Random;
  private readonly focus: ReadonlySet<string>;
  private readonly kept: KeptFaults | undefined;

  constructor(random: Random, focus: readonly string[], kept?: KeptFaults) {
    this.random = random;
    this.focus = new Set(focus);
    this.kept = kept;
  }

  /** What is done to a call now, if anything. */
  ofCall(point: CallPoint, carriedOut: boolean): CallFault | undefined {
    if (!this.on) return undefined;
    const possible = callFaults.filter(
      (fault) => known.has(pointName(point, fault)) && (!carriedOut || fault.endsWith('after')),
    );
    const fault = possible.find((one) => this.chance(pointName(point, one)));
    if (fault === undefined || !this.isKept()) return undefined;
    if (fault.startsWith('node killed') && !this.mayDie()) return undefined;
    this.note(pointName(point, fault));
    return fault;
  }

  /** Whether this happens now. */
  happens(what: Happening, percent = seldom): boolean {
    if (!this.on || !this.chance(what, percent) || !this.isKept()) return false;
    if (what === 'node killed at rest' && !this.mayDie()) return false;
    this.note(what);
    return true;
  }

  /** Counts what came about by itself. */
  note(name: string): void {
    this.done.set(name, (this.done.get(name) ?? 0) + 1);
  }

  private chance(name: string, percent = seldom): boolean {
    return this.random.chance(this.focus.has(name) ? often : percent);
  }

  private isKept(): boolean {
    this.drawn += 1;
    if (this.kept && !this.kept.has(this.drawn)) return false;
    this.numbers.push(this.drawn);
    return true;
  }

  private mayDie(): boolean {
    this.deaths += 1;
    return this.deaths <= mostDeaths;
  }
}
