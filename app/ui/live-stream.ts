const firstRetryMilliseconds = 1_000;
const longestRetryMilliseconds = 10_000;
/** A proxy that holds answers back keeps a stream opening for ever; it is then as good as refused. */
const openingMilliseconds = 15_000;
/** A server that has not answered a bare question by then is as good as away. */
const answerMilliseconds = 5_000;

/** What a page wants to hear of the server. */
export type LiveListener = {
  /** Something changed, or may have changed while nobody listened. The server answered a moment ago. */
  onChange(): void;
  /** Whether the server can be reached. */
  onConnection(state: 'open' | 'lost'): void;
};

/** How long to wait before attempt `failures` (from 1), spread so that a ward's screens do not come back in one stroke. */
export function retryDelay(failures: number, random: () => number = Math.random): number {
  const most = Math.min(longestRetryMilliseconds, firstRetryMilliseconds * 2 ** (failures - 1));
  return most * (0.5 + random() / 2);
}

/** Whether the server answers at all. */
export async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(answerMilliseconds) })).ok;
  } catch {
    return false;
  }
}

/**
 * Listens to the server while the page is looked at; a hidden page gives its connection back (a browser has six for all its tabs, and a
 * stream keeps one) and catches up when it is shown. Tries again by itself, ever less often, when the server goes away.
 * Returns how to stop.
 */
export function openLiveStream({ onChange, onConnection }: LiveListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let missed = false;
  let ended = false;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    const opened = new EventSource('/events');
    source = opened;
    timer = setTimeout(() => void fail(), openingMilliseconds);
    opened.addEventListener('open', () => {
      clearTimeout(timer);
      failures = 0;
      onConnection('open');
      if (missed) onChange();
      missed = false;
    });
    opened.addEventListener('changed', onChange);
    opened.addEventListener('error', () => void fail());
  };
  const fail = async () => {
    close();
    failures += 1;
    missed = true;
    const answers = await serverAnswers();
    if (ended || source || document.hidden) return;
    onConnection(answers ? 'open' : 'lost');
    // It answers but gives no stream: the session has ended, or something on the way lets none through. Asking for the data tells.
    if (answers) onChange();
    timer = setTimeout(open, retryDelay(failures));
  };
  const follow = () => {
    if (!document.hidden) return open();
    close();
    missed = true;
  };
  document.addEventListener('visibilitychange', follow);
  if (document.hidden) missed = true;
  else open();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', follow);
    close();
    onConnection('open');
  };
}
