import { DmnModdle } from 'dmn-moddle';
import { checkText } from '../interchange/check-text.ts';
import type { Finding } from '../ir/finding.ts';
import { dmnDescriptor } from './dmn-descriptor.ts';
import { isElement, type ModdleElement } from './moddle-element.ts';

/** Largest decision file, in UTF-16 code units. */
const MAX_FILE_LENGTH = 2_000_000;

/** Namespaces of every DMN version; the structure is the one of 1.3, which the reader knows. */
const MODEL_NAMESPACE =
  /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101|20180521|20191111|20211108|20230324|20240513)\/(?:dmn\.xsd|MODEL\/)/g;
const DIAGRAM_NAMESPACE =
  /https:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20191111|20211108|20230324|20240513)\/DMNDI\//g;

/** One file as read: its root, or nothing where it is no DMN. */
export type ReadDefinitions = { readonly root: ModdleElement | undefined; readonly findings: readonly Finding[] };

function refused(rule: string, message: string, file: string): ReadDefinitions {
  return { root: undefined, findings: [{ rule, severity: 'error', message, path: file, params: { file } }] };
}

/** Reads a DMN file of any version. What the reader would drop in silence is a finding. */
export async function readDefinitions(file: string, xml: string): Promise<ReadDefinitions> {
  if (xml.length > MAX_FILE_LENGTH) {
    return refused(
      'dmn-too-large',
      `Expected at most ${MAX_FILE_LENGTH} characters, but ${file} has ${xml.length}`,
      file,
    );
  }
  const gate = checkText(xml);
  if (gate) {
    const rule = gate.rule === 'doctype' ? 'dmn-doctype' : 'dmn-unreadable';
    const message = `${gate.message} (${file})`;
    const place = gate.path === undefined ? file : `${file}:${gate.path}`;
    return { root: undefined, findings: [{ rule, severity: 'error', message, path: place, params: { file } }] };
  }
  const text = xml
    .replace(MODEL_NAMESPACE, 'https://www.omg.org/spec/DMN/20191111/MODEL/')
    .replace(DIAGRAM_NAMESPACE, 'https://www.omg.org/spec/DMN/20191111/DMNDI/');
  try {
    const { rootElement, warnings } = await new DmnModdle({ dmn: dmnDescriptor }).fromXML(text);
    const findings = warnings.map((warning): Finding => {
      const reason = warning.message.split('\n')[0] ?? '';
      const message = `Expected DMN that is read whole, but in ${file}: ${reason}`;
      return { rule: 'dmn-not-understood', severity: 'error', message, path: file, params: { file, reason } };
    });
    return { root: isElement(rootElement) ? rootElement : undefined, findings };
  } catch {
    return refused('dmn-unreadable', `Expected a DMN file, but ${file} is none`, file);
  }
}
