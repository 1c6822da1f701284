import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Root folder of the repository. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A TypeScript file of the product, parsed. */
export type SourceFile = {
  /** Path from the root with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  readonly imports: readonly ImportOf[];
};

/** One import or re-export of a file. */
export type ImportOf = {
  /** `engine/core/json.ts` for a file of ours, the bare specifier (`xstate`, `node:fs`) otherwise. */
  readonly target: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
};

const folders = ['app', 'engine', 'forms', 'db', 'processes', 'tests', 'bin'];
const skipped = new Set(['node_modules', 'build', '.artifacts']);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function importsOf(path: string, ast: ts.SourceFile): ImportOf[] {
  const found: ImportOf[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const own = specifier.startsWith('.');
    found.push({
      target: own ? posix.normalize(posix.join(posix.dirname(path), specifier)) : specifier,
      own,
      typeOnly,
    });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, isTypeOnly(node));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return found;
}

function load(file: string): SourceFile {
  const path = relative(repositoryRoot, file).split(sep).join('/');
  const text = readFileSync(file, 'utf8');
  const ast = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  return { path, text, ast, imports: importsOf(path, ast) };
}

/** Every TypeScript file of the product and its tests. */
export const sourceFiles: readonly SourceFile[] = folders
  .flatMap((folder) => [...walk(join(repositoryRoot, folder))])
  .map(load)
  .sort((a, b) => (a.path < b.path ? -1 : 1));

/** Whether a file is a test or serves tests only. */
export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.(test|fixture)\.tsx?$/.test(path);
}

/** The product's own files, without tests. */
export const productFiles: readonly SourceFile[] = sourceFiles.filter((file) => !isTest(file.path));
