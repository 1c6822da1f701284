// The browser tests drive Debian's Chromium; zh-CN pages need CJK fonts. Both come by apt where they are missing.
import { spawnSync } from 'node:child_process';
import { giveUp, say } from './install.mjs';

function found(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return done.status === 0 && done.stdout.trim() !== '';
}

const hasChromium = () => process.env.CHROMIUM_PATH !== undefined || found('sh', ['-c', 'command -v chromium']);
const hasChineseFont = () =>
  found('sh', ['-c', 'command -v fc-list >/dev/null && fc-list :lang=zh-cn family | head -n 1']);

/** Installs Chromium and a Chinese font where they are missing. Ends the process with a clear sentence where it can't. */
export function ensureBrowser() {
  const missing = [
    ...(hasChromium() ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ];
  if (missing.length === 0) return;
  const byHand = `Install them by hand ("apt-get install ${missing.join(' ')}") or set CHROMIUM_PATH, then run the command again.`;
  if (process.getuid?.() !== 0 || !found('sh', ['-c', 'command -v apt-get'])) {
    giveUp(
      `The browser tests need ${missing.join(' and ')}, but only root on Debian can install them by itself. ${byHand}`,
    );
  }
  say(`Installing ${missing.join(' and ')} for the browser tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  if (done.status !== 0) giveUp(`${missing.join(' and ')} could not be installed. ${byHand}`);
}
