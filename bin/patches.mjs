// Puts the corrections in patches/ into the installed packages. Plain JavaScript without dependencies, like install.mjs; needs no `patch` program.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ before: string, after: string }} Hunk */

/** The changes of a unified diff, by file. @param {string} text @returns {Map<string, Hunk[]>} */
export function readPatch(text) {
  const files = new Map();
  let hunks = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('--- ')) continue;
    if (line.startsWith('+++ ')) {
      hunks = [];
      files.set(line.slice('+++ b/'.length).trim(), hunks);
    } else if (line.startsWith('@@')) hunks.push({ before: '', after: '' });
    else addLine(hunks.at(-1), line);
  }
  return files;
}

function addLine(hunk, line) {
  const [sign, rest] = [line[0], `${line.slice(1)}\n`];
  if (!hunk || sign === undefined) return;
  if (sign !== '+') hunk.before += rest;
  if (sign !== '-') hunk.after += rest;
}

/** The text with all hunks in it, however many were in it already; undefined where one has no place. @param {string} text @param {Hunk[]} hunks */
export function applyHunks(text, hunks) {
  let patched = text;
  for (const { before, after } of hunks) {
    if (patched.includes(after)) continue;
    const parts = patched.split(before);
    if (parts.length !== 2) return undefined;
    patched = parts.join(after);
  }
  return patched;
}

/**
 * Applies every `patches/<package>@<version>.patch` to the modules. Safe to call again. Returns a sentence for what could not be done.
 * @param {string} root @param {string} modules
 */
export function applyPatches(root, modules = join(root, 'node_modules')) {
  for (const file of readdirSync(join(root, 'patches')).filter((name) => name.endsWith('.patch'))) {
    const [, name, version] = /^(.+)@([^@]+)\.patch$/.exec(file) ?? [];
    const folder = join(modules, ...name.split('+'));
    const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
    if (installed !== version) return `patches/${file} is for ${name} ${version}, but ${installed} is installed.`;
    for (const [path, hunks] of readPatch(readFileSync(join(root, 'patches', file), 'utf8'))) {
      const target = join(folder, path);
      const text = readFileSync(target, 'utf8');
      const patched = applyHunks(text, hunks);
      if (patched === undefined) return `patches/${file} does not fit ${name}/${path}.`;
      if (patched !== text) replace(target, patched);
    }
  }
  return undefined;
}

/** A new file in the place of the old one, which may be shared with another installation. */
function replace(target, text) {
  const fresh = `${target}.${process.pid}.new`;
  writeFileSync(fresh, text);
  renameSync(fresh, target);
}

// `node bin/patches.mjs [folder]`: for those who installed in another way.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = applyPatches(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
  }
}
