import { expect } from 'vitest';

/** The longest the server answered nobody else while `work` ran, in milliseconds. */
export async function longestSilence(url: string, work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let running = true;
  const watch = (async () => {
    while (running) {
      const asked = performance.now();
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await work();
  running = false;
  await watch;
  return longest;
}
