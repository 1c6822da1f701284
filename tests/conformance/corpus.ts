import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { type BpmnCase, parseCase } from './bpmn-case.ts';
import { parseStaticCase, type StaticCase } from './static-case.ts';

/** A case of a corpus: what it is called, the folder its files are named from, and the case, or why it cannot be read. */
export type Found<T> = {
  readonly id: string;
  readonly folder: string;
  readonly status: string;
  readonly one: T | { readonly unreadable: string };
};

/** A folder of the DMN test kit: models, and files of cases for them. */
export type DmnFolder = { readonly name: string; readonly path: string };

/** Everything a folder holds that can be judged. */
export type Corpus = {
  readonly execution: readonly Found<BpmnCase>[];
  readonly diagrams: readonly Found<StaticCase>[];
  readonly decisions: readonly DmnFolder[];
};

const caseFile = z.object({ format: z.string(), cases: z.array(z.unknown()) });
const header = z.object({ id: z.string(), status: z.string().optional() });

/** Finds every case below a folder: files of the neutral forms by what they say they are, decision folders by what lies in them. */
export function readCorpus(folder: string): Corpus {
  const files = filesBelow(folder);
  const lists = files.filter((file) => file.endsWith('.json')).flatMap((file) => listIn(file));
  const casesOf = <T>(format: string, parse: (value: unknown) => T | { readonly unreadable: string }) =>
    lists
      .filter((list) => list.format.startsWith(format))
      .flatMap((list) => list.cases.map((value) => foundCase(dirname(list.path), value, parse)));
  return {
    execution: casesOf('neutral-bpmn-case/', parseCase),
    diagrams: casesOf('neutral-bpmn-static/', parseStaticCase),
    decisions: decisionFolders(folder, files),
  };
}

type CaseList = { readonly path: string; readonly format: string; readonly cases: readonly unknown[] };

function listIn(path: string): CaseList[] {
  const parsed = caseFile.safeParse(jsonOf(readFileSync(path, 'utf8')));
  return parsed.success ? [{ path, ...parsed.data }] : [];
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function foundCase<T>(
  folder: string,
  value: unknown,
  parse: (value: unknown) => T | { readonly unreadable: string },
): Found<T> {
  const named = header.safeParse(value);
  const { id, status } = named.success ? named.data : { id: 'a case without id', status: undefined };
  return { id, folder, status: status ?? 'scored', one: parse(value) };
}

function decisionFolders(folder: string, files: readonly string[]): DmnFolder[] {
  const folders = [...new Set(files.filter((file) => file.endsWith('.dmn')).map((file) => dirname(file)))];
  return folders
    .filter((path) => readdirSync(path).some((file) => file.endsWith('.xml')))
    .map((path) => ({ name: relative(folder, path), path }));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
