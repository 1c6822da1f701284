import { text } from 'node:stream/consumers';

const enter = ['\r', '\n', '\u0004'];
const erase = ['\u007f', '\b'];
const interrupt = '\u0003';

/**
 * Asks for a new secret: twice at a terminal, without showing it; otherwise the first line of standard input.
 * Thrown when the two differ.
 */
export async function askNewSecret(name: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLineOfInput();
  const first = await readHidden(`${name}: `);
  if (first !== (await readHidden('Again: '))) throw new Error('Expected the same twice, but they differ.');
  return first;
}

/** Asks for a secret that is known already: at a terminal, without showing it; otherwise the first line of standard input. */
export function askSecret(name: string): Promise<string> {
  return process.stdin.isTTY ? readHidden(`${name}: `) : firstLineOfInput();
}

async function firstLineOfInput(): Promise<string> {
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}

function readHidden(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  // Raw before the question is asked: what is typed between the two would be shown.
  stdin.setRawMode(true).setEncoding('utf8').resume();
  stderr.write(prompt);
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    const finish = () => {
      stdin.off('data', take).setRawMode(false).pause();
      stderr.write('\n');
    };
    const take = (chunk: string) => {
      for (const key of chunk) {
        if (key === interrupt) {
          finish();
          process.exit(130);
        }
        if (enter.includes(key)) {
          finish();
          resolve(typed.join(''));
          return;
        }
        typed = erase.includes(key) ? typed.slice(0, -1) : [...typed, key];
      }
    };
    stdin.on('data', take);
  });
}
