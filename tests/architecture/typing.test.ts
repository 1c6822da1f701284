import ts from 'typescript';
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

function findings(file: SourceFile): string[] {
  const found: string[] = [];
  const at = (node: ts.Node) => `${file.path}:${file.ast.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${at(node)} any`);
    if (ts.isAsExpression(node) && ts.isAsExpression(node.expression))
      found.push(`${at(node)} a cast through another type`);
    ts.forEachChild(node, visit);
  };
  visit(file.ast);
  if (/@ts-(ignore|expect-error|nocheck)/.test(file.text) && !file.path.startsWith('tests/architecture/'))
    found.push(`${file.path} silences the compiler`);
  return found;
}

test('no any, no double cast, no silenced compiler', () => {
  expect(sourceFiles.flatMap(findings)).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  expect(sourceFiles.filter((file) => file.text.split('\n').length > 400).map((file) => file.path)).toEqual([]);
});
