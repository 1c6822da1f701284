import { randomUUID } from 'node:crypto';
import type { Database } from './connect.ts';

const channel = 'meridian_bell';

/** Tells the nodes of an installation that something changed. Says no more than that: what it is stands in the tables. */
export type Bell = {
  /** Tells every other node; calls close together are told once. */
  ring(): void;
  close(): void;
};

/** When a bell rings, and how it is looked after. */
export type BellOptions = {
  /** Another node rang, or may have while nobody listened. */
  readonly onRing: () => void;
  /** Calls within this time are told together. Default 50 ms, so a node rings at most twenty times a second. */
  readonly quietMs?: number;
  /** How often a bell makes sure that it still hears. Default 15 s. */
  readonly checkMs?: number;
};

/**
 * Listens for the other nodes, and rings for this one. Nothing depends on it: a ring that is lost makes work and screens wait for the next
 * poll. No NOTIFY stands in a commit, where it would cost more than the commit itself; the node rings once for all of a moment's commits.
 */
export function createBell(database: Database, { onRing, quietMs = 50, checkMs = 15_000 }: BellOptions): Bell {
  const self = randomUUID();
  let ringing: NodeJS.Timeout | undefined;
  let heardSelf = false;
  let line = 0;
  let closed = false;

  const send = (word: 'ring' | 'check') => void database.raw.notify(channel, `${word} ${self}`).catch(() => undefined);
  const listen = async () => {
    line += 1;
    const mine = line;
    const hear = (said: string) => {
      // The driver takes a broken line up again by itself, sometimes; then two are there, and the older one is not listened to.
      if (mine !== line || closed) return;
      const [word, from] = said.split(' ');
      if (from === self) heardSelf = true;
      else if (word === 'ring') onRing();
    };
    // Whatever rang before the line stood was not heard.
    await database.raw.listen(channel, hear, () => mine === line && !closed && onRing());
    send('check');
  };
  const listenIfPossible = () => void listen().catch(() => undefined);
  const check = () => {
    if (heardSelf) send('check');
    else listenIfPossible();
    heardSelf = false;
  };
  listenIfPossible();
  const checking = setInterval(check, checkMs);
  checking.unref();
  return {
    ring() {
      ringing ??= setTimeout(() => {
        ringing = undefined;
        send('ring');
      }, quietMs);
    },
    close() {
      closed = true;
      clearInterval(checking);
      clearTimeout(ringing);
    },
  };
}
