import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FormDocument, ProcessPackage } from '../engine/index.ts';

const text = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });

const metaFile = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/),
  title: text,
  /** The process a case is started on when the caller names none. */
  processId: z.string().min(1),
  startForm: z.string().optional(),
  /** Role codes that may start the flow. Empty: everybody. */
  starters: z.array(z.string()),
  summary: text,
  icon: z.string().optional(),
  /** Ways into the flow where there are several; without them the main process is the only one. */
  entries: z
    .array(
      z.object({
        processId: z.string().min(1),
        title: text,
        summary: text.optional(),
        startForm: z.string().optional(),
        starters: z.array(z.string()),
      }),
    )
    .optional(),
});

/** What a shipped flow says about itself for the start page, from `meta.json`. */
export type ProcessMeta = z.infer<typeof metaFile>;

/** A flow that comes with Meridian. */
export type ShippedPackage = { readonly pkg: ProcessPackage; readonly meta: ProcessMeta };

const jsonObject = z.record(z.string(), z.unknown());
const root = fileURLToPath(new URL('..', import.meta.url));

/** Keys of the flows on disk, in alphabetical order. */
export async function listShippedKeys(): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'processes'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'processes', entry.name, 'meta.json')))
    .map((entry) => entry.name)
    .sort();
}

/** Reads every flow under `processes/` with its forms. Thrown when a file is missing or malformed; the message names it. */
export async function loadShippedPackages(): Promise<readonly ShippedPackage[]> {
  return Promise.all((await listShippedKeys()).map(loadShippedPackage));
}

/** Reads one flow: diagram, decision tables and meta from `processes/<key>`, forms from `forms/<key>`. */
export async function loadShippedPackage(key: string): Promise<ShippedPackage> {
  const folder = join(root, 'processes', key);
  const meta = await readJson(join(folder, 'meta.json'), metaFile);
  if (meta.key !== key)
    throw new Error(`Expected key "${key}" in processes/${key}/meta.json, but it says "${meta.key}"`);
  const bpmn = await readFile(join(folder, `${key}.bpmn`), 'utf8');
  const [forms, decisions] = await Promise.all([readForms(key), readDecisions(folder)]);
  return { meta, pkg: { key, title: meta.title, bpmn, forms, decisions } };
}

/** Paths of a flow's scenario files, in order of their numbers. */
export async function listScenarioFiles(key: string): Promise<readonly string[]> {
  const folder = join(root, 'processes', key, 'scenarios');
  return (await filesIn(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

async function readForms(key: string): Promise<Record<string, FormDocument>> {
  const folder = join(root, 'forms', key);
  const suffix = '.schema.json';
  const ids = (await filesIn(folder)).filter((name) => name.endsWith(suffix)).map((name) => basename(name, suffix));
  const read = async (id: string): Promise<[string, FormDocument]> => {
    const uiPath = join(folder, `${id}.ui.json`);
    const schema = await readJson(join(folder, `${id}${suffix}`), jsonObject);
    return [id, { schema, ui: existsSync(uiPath) ? await readJson(uiPath, jsonObject) : {} }];
  };
  return Object.fromEntries(await Promise.all(ids.map(read)));
}

async function readDecisions(folder: string): Promise<Record<string, string>> {
  const names = (await filesIn(folder)).filter((name) => name.endsWith('.dmn'));
  const read = async (name: string): Promise<[string, string]> => [
    basename(name, '.dmn'),
    await readFile(join(folder, name), 'utf8'),
  ];
  return Object.fromEntries(await Promise.all(names.map(read)));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  return existsSync(folder) ? (await readdir(folder)).sort() : [];
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const source = await readFile(path, 'utf8');
  try {
    return schema.parse(JSON.parse(source));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`Expected a well-formed ${path.slice(root.length)}, but ${reason}`);
  }
}
