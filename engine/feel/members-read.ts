import { normalName } from './names.ts';
import { checkedTree, childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

/** Entries of a context variable an expression reads, by normal name; `all` when it reads the variable in any other way than `variable.entry`. */
export type MembersRead = 'all' | readonly string[];

/** Which entries of `variable` an expression reads, without evaluating it. Errs towards `all`, also for what cannot be parsed. */
export function membersRead(source: string, variable: string): MembersRead {
  const text = source.replace(/^\s*=(?!=)/, '');
  try {
    return membersIn(checkedTree(text, 'expression', []), text, variable);
  } catch (error) {
    if (error instanceof FeelSyntaxFailure) return 'all';
    throw error;
  }
}

function membersIn(node: SyntaxNode, text: string, variable: string): MembersRead {
  const nameOf = (one: SyntaxNode) => normalName(text.slice(one.from, one.to));
  const children = childrenOf(node);
  if (node.name === 'VariableName') return nameOf(node) === variable ? 'all' : [];
  if (node.name === 'PathExpression') {
    const [target, , member] = children;
    if (target?.name === 'VariableName' && nameOf(target) === variable && member) return [nameOf(member)];
  }
  return unionOf(children.map((child) => membersIn(child, text, variable)));
}

/** All members of several reads together. */
export function unionOf(reads: readonly MembersRead[]): MembersRead {
  const names: string[] = [];
  for (const read of reads) {
    if (read === 'all') return 'all';
    names.push(...read);
  }
  return names;
}
