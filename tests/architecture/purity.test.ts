import ts from 'typescript';
import { expect, test } from 'vitest';
import { productFiles } from './source-files.ts';

const pureFolders = [
  'engine/core/',
  'engine/ir/',
  'engine/elements/',
  'engine/compile/',
  'engine/bpmn/',
  'engine/interchange/',
  'engine/feel/',
  'engine/dmn/',
];
const forbiddenNames = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'console', 'crypto', 'performance']);
/** Parsing XML is asynchronous in the moddle libraries; nothing else of the pure part may be. */
const mayBeAsync = /^engine\/(bpmn|dmn|compile)\//;

function impurities(node: ts.Node, path: string): string[] {
  const found: string[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isNewExpression(child) && child.expression.getText() === 'Date' && !child.arguments?.length)
      found.push(`${path}: new Date()`);
    if (ts.isPropertyAccessExpression(child) && /^(Date\.now|Math\.random)$/.test(child.getText()))
      found.push(`${path}: ${child.getText()}`);
    if (ts.isCallExpression(child) && ts.isIdentifier(child.expression) && forbiddenNames.has(child.expression.text))
      found.push(`${path}: ${child.expression.text}()`);
    if (
      ts.isPropertyAccessExpression(child) &&
      ts.isIdentifier(child.expression) &&
      forbiddenNames.has(child.expression.text)
    ) {
      found.push(`${path}: ${child.getText()}`);
    }
    if (ts.isAwaitExpression(child) && !mayBeAsync.test(path)) found.push(`${path}: await`);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

test('the pure folders know no clock, no randomness and no I/O', () => {
  const pure = productFiles.filter((file) => pureFolders.some((folder) => file.path.startsWith(folder)));
  expect(pure.length).toBeGreaterThan(20);
  expect(pure.flatMap((file) => impurities(file.ast, file.path))).toEqual([]);
});
