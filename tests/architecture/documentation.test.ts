import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { productFiles, repositoryRoot, type SourceFile } from './source-files.ts';

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  );
}

function namesOf(node: ts.Node): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((one) => one.name.getText());
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node)
  )
    return [node.name?.text ?? 'default'];
  return [];
}

function undocumented(file: SourceFile): string[] {
  return file.ast.statements
    .filter((node) => isExported(node) && ts.getJSDocCommentsAndTags(node).length === 0)
    .flatMap((node) => namesOf(node).map((name) => `${file.path}: ${name}`));
}

describe('documentation', () => {
  test('every export of engine, db and forms says what it is', () => {
    const files = productFiles.filter((file) => /^(engine|db|forms|processes)\//.test(file.path));
    expect(files.flatMap(undocumented)).toEqual([]);
  });

  test('every top-level folder explains itself', () => {
    const folders = ['app', 'engine', 'processes', 'forms', 'db', 'tests'];
    expect(folders.filter((folder) => !existsSync(join(repositoryRoot, folder, 'README.md')))).toEqual([]);
  });
});
