import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { productFiles, repositoryRoot } from './source-files.ts';

const allowedAtTop = new Set([
  '.ci',
  '.gitignore',
  '.npmrc',
  'LICENSE',
  'NOTICE',
  'README.md',
  'THIRD-PARTY-NOTICES.md',
  'app',
  'bin',
  'biome.json',
  'db',
  'drizzle.config.ts',
  'engine',
  'forms',
  'package-lock.json',
  'package.json',
  'patches',
  'processes',
  'tests',
  'tsconfig.json',
  'vite.config.ts',
  'vitest.config.ts',
]);

function trackedFiles(): string[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: repositoryRoot, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '');
}

function isText(path: string): boolean {
  return /\.(ts|tsx|mjs|json|md|bpmn|dmn|sql|css|xml|yml)$|^\.ci\/|NOTICE|LICENSE$/.test(path);
}

describe('the repository', () => {
  test('holds nothing at its top but what the layout names', () => {
    const tops = new Set(trackedFiles().map((path) => path.split('/')[0] ?? path));
    expect([...tops].filter((name) => !allowedAtTop.has(name))).toEqual([]);
  });

  test('names no path of a machine and no registry', () => {
    const forbidden = /(^|[^\w.])\/(work|root|home\/\w+|tmp\/\w+)\/|registry\.npmjs|registry\.yarnpkg|npmmirror/;
    const found = trackedFiles()
      .filter((path) => isText(path) && !path.startsWith('tests/architecture/'))
      .filter((path) => forbidden.test(readFileSync(join(repositoryRoot, path), 'utf8')));
    expect(found).toEqual([]);
  });

  test('the lock file holds no addresses', () => {
    expect(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "http/);
  });

  test('every dependency is pinned to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  test('every direct dependency stands in the notices', () => {
    const { dependencies } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
    const notices = readFileSync(join(repositoryRoot, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    expect(Object.keys(dependencies).filter((name) => !notices.includes(`\`${name}\``))).toEqual([]);
  });

  test('holds no file larger than 1.5 MB', () => {
    expect(trackedFiles().filter((path) => statSync(join(repositoryRoot, path)).size > 1_500_000)).toEqual([]);
  });
});

describe('texts', () => {
  const catalogue = join(repositoryRoot, 'app', 'i18n');

  function keys(value: unknown, prefix = ''): string[] {
    if (typeof value !== 'object' || value === null) return [prefix];
    return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${prefix}.${key}`));
  }

  // A language has as many plural forms as it has; Chinese has one.
  const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

  function keysOf(language: string): string[] {
    const found = readdirSync(join(catalogue, language)).flatMap((file) =>
      keys(JSON.parse(readFileSync(join(catalogue, language, file), 'utf8')), file),
    );
    return [...new Set(found.map(withoutPlural))].sort();
  }

  test('both languages say the same things', () => {
    expect(keysOf('en')).toEqual(keysOf('zh-CN'));
  });

  test('no screen holds Chinese text of its own', () => {
    const inline = productFiles
      .filter((file) => /^app\/.*\.tsx$/.test(file.path))
      .filter((file) => /[\u4e00-\u9fff]/.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(inline.map((file) => file.path)).toEqual([]);
  });
});
