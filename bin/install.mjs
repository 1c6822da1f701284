// Brings a bare checkout to a runnable state. Plain JavaScript without dependencies: it must run on any Node >= 20
// before anything is installed. Nothing is fetched when everything is already here, so it also works without network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyPatches } from './patches.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const installStamp = join(modules, '.meridian-installed');
const buildStamp = join(root, 'app', 'build', '.meridian-built');

/** The pinned Node 24 that comes as the npm package `node`. */
export const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Prints a line about a step that takes time. */
export function say(line) {
  console.log(`· ${line}`);
}

/** Ends the process with a sentence a newcomer can act on. */
export function giveUp(sentence) {
  console.error(`\n✗ ${sentence}`);
  process.exit(1);
}

/** Environment in which `node` is the pinned one. */
export function pinnedEnvironment(extra = {}) {
  const path = [dirname(pinnedNode), join(modules, '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

function sha256(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function hasStamp(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

/** Installs the locked dependencies when they are missing or the lock file has changed, and puts our corrections into them. */
export function ensureDependencies() {
  install();
  const problem = applyPatches(root, modules);
  if (problem !== undefined) giveUp(`The installed packages could not be corrected: ${problem}`);
}

function install() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    giveUp(`Expected Node 20 or later, but this is ${process.version}. Install a newer Node and try again.`);
  const wanted = sha256([readFileSync(join(root, 'package-lock.json')), process.platform, process.arch]);
  if (hasStamp(installStamp, wanted) && existsSync(pinnedNode)) return;
  say('Installing the dependencies (first start only, about two minutes) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lock file made where a registry offers only some platforms' optional binaries.
  // `--no-save` installs what the lock file names and leaves it as it is.
  const done = spawnSync(
    npm,
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'development' },
    },
  );
  if (done.status !== 0)
    giveUp(
      'The dependencies could not be installed. Check that the npm registry can be reached, then run the command again.',
    );
  if (!existsSync(pinnedNode))
    giveUp('The package "node" did not bring its binary. Run "npm rebuild node", then try again.');
  writeFileSync(installStamp, wanted);
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'build' || entry.name === 'node_modules' || entry.name.endsWith('.md')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

function sourcesHash() {
  const folders = ['app', 'engine', 'forms', 'db', 'processes']
    .map((name) => join(root, name))
    .filter((path) => existsSync(path));
  const files = [
    ...folders.flatMap((folder) => [...filesBelow(folder)]),
    join(root, 'vite.config.ts'),
    join(root, 'package-lock.json'),
  ];
  return sha256(
    files.filter((file) => statSync(file).isFile()).flatMap((file) => [file.slice(root.length), readFileSync(file)]),
  );
}

/** Builds the web application when its sources have changed since the last build. */
export function ensureBuild() {
  const wanted = sourcesHash();
  if (hasStamp(buildStamp, wanted)) return;
  say('Building the web application (about half a minute) …');
  const remix = join(modules, '@remix-run', 'dev', 'dist', 'cli.js');
  const done = spawnSync(pinnedNode, [remix, 'vite:build'], {
    cwd: root,
    env: pinnedEnvironment({ NODE_ENV: 'production' }),
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    console.error(`${done.stdout}\n${done.stderr}`);
    giveUp('The web application could not be built; the lines above say why.');
  }
  writeFileSync(buildStamp, wanted);
}
