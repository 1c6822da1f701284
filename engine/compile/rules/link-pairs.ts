import { type BpmnElement, elementOf, elementsOf, idOf, nameOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { breach, formality, slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';
import { waysOf } from './ways.ts';

type Link = { readonly event: BpmnElement; readonly definition: BpmnElement; readonly name: string };

/**
 * Links pair by name inside one level: one catching event for each name, and for each catching event a throwing one. `source` and `target`,
 * which few tools write, say the same.
 */
export const linkPairs: LintRule = ({ nodes, flows }) => {
  const [catching, throwing] = [linksOf(nodes, 'Catch'), linksOf(nodes, 'Throw')];
  const ways = waysOf(flows);
  return [
    ...catching.flatMap((link, index) => twice(link, catching.slice(0, index))),
    ...catching.filter((link) => !throwing.some((one) => one.name === link.name)).map(withoutSource),
    ...throwing.filter((link) => !catching.some((one) => one.name === link.name)).map(withoutTarget),
    ...catching.filter(({ event }) => ways.into(event).length > 0).map((link) => inTheFlow(link, 'into')),
    ...throwing.filter(({ event }) => ways.outOf(event).length > 0).map((link) => inTheFlow(link, 'out of')),
    ...[...catching, ...throwing].flatMap((link) => unlisted(link, [...catching, ...throwing])),
  ];
};

function linksOf(nodes: readonly BpmnElement[], direction: 'Catch' | 'Throw'): Link[] {
  return nodes
    .filter((node) => node.$type === `bpmn:Intermediate${direction}Event`)
    .flatMap((event) =>
      definitionsOf(event)
        .filter((one) => one.$type === 'bpmn:LinkEventDefinition')
        .map((definition) => ({ event, definition, name: nameOf(definition) ?? '' })),
    );
}

function twice({ event, name }: Link, before: readonly Link[]): Finding[] {
  const first = before.find((one) => one.name === name);
  if (!first) return [];
  const but = `${idOf(first.event)} has that name too`;
  const expected = `one catching link named ${name}`;
  return [breach({ rule: 'several-link-targets', clause: '10.5.5', at: idOf(event), expected, but })];
}

function withoutSource({ event, name }: Link): Finding {
  const expected = `a throwing link named ${name} in the same level`;
  return slip({ rule: 'link-source-missing', clause: '10.5.5', at: idOf(event), expected, but: 'there is none' });
}

function withoutTarget({ event, name }: Link): Finding {
  const expected = `a catching link named ${name} in the same level`;
  return breach({ rule: 'link-missing', clause: '10.5.5', at: idOf(event), expected, but: 'there is none' });
}

function inTheFlow({ event }: Link, way: string): Finding {
  const expected = `no flow ${way} link event ${idOf(event)}, whose other end is its link`;
  return breach({ rule: 'link-in-flow', clause: '10.5.4', at: idOf(event), expected, but: 'there is one' });
}

/** A file that lists the ends of its links does so at both. */
function unlisted({ event, definition }: Link, all: readonly Link[]): Finding[] {
  const catches = event.$type === 'bpmn:IntermediateCatchEvent';
  const ends = (link: Link) => [...elementsOf(link.definition, 'source'), elementOf(link.definition, 'target')];
  const isListed = all.some((link) => ends(link).some((end) => end !== undefined));
  const own = catches ? elementsOf(definition, 'source') : [elementOf(definition, 'target')].filter(Boolean);
  if (!isListed || own.length > 0) return [];
  const expected = catches ? 'the sources of the link' : 'the target of the link';
  const but = `${idOf(event)} names none`;
  return [formality({ rule: 'link-not-listed', clause: '10.5.5', at: idOf(event), expected, but })];
}
