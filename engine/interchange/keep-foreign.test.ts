import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import { factsOf, keepForeign, missingFacts } from './index.ts';

const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const source = `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<semantic:definitions xmlns:semantic="${model}" xmlns:acme="urn:acme:1" xmlns:tns="urn:here" targetNamespace="urn:here"
    acme:tool="drawing &amp; more">
  <semantic:process id="p" isExecutable="false" acme:cost='12,5 "net"'>
    <semantic:documentation textFormat="text/html">Read <b>this</b> first</semantic:documentation>
    <semantic:extensionElements>
      <acme:budget><![CDATA[a < b && c]]></acme:budget>
      <acme:row n="1"/><acme:row n="2"/><acme:row n="2"/>
    </semantic:extensionElements>
    <!-- the first step -->
    <semantic:task id="first" name="Line one&#10;line two" startQuantity="1" acme:colour="red"/>
    <acme:marker id="m1" where="here"><acme:inner/></acme:marker>
    <semantic:serviceTask id="second" operationRef="tns:unknown" name="Second"/>
    <semantic:sequenceFlow id="flow" sourceRef="first" targetRef="second"/>
  </semantic:process>
</semantic:definitions>
`;

type Element = {
  $type: string;
  id?: string;
  flowElements?: Element[];
  rootElements?: Element[];
  [name: string]: unknown;
};

/** The source after a change in an editor that is built on bpmn-moddle. */
async function edit(change: (process: Element) => void): Promise<string> {
  const moddle = new BpmnModdle({});
  const { rootElement } = await moddle.fromXML(source);
  const write = async () => (await moddle.toXML(rootElement as object, { format: true })).xml;
  const baseline = await write();
  change((rootElement as Element).rootElements?.[0] as Element);
  return keepForeign({ source, baseline, edited: await write() });
}

const inProcess = (process: Element, id: string) => process.flowElements?.find((one) => one.id === id) as Element;

describe('a diagram of another tool', () => {
  test('is the same text again when nothing was changed', async () => {
    expect(await edit(() => undefined)).toBe(source);
  });

  test('loses nothing when something else is changed', async () => {
    const saved = await edit((process) => {
      inProcess(process, 'second').name = '第二步';
    });
    expect(missingFacts(factsOf(source), factsOf(saved))).toEqual(['#second @name=Second']);
    expect(missingFacts(factsOf(saved), factsOf(source))).toEqual(['#second @name=第二步']);
    for (const kept of [
      '<!-- drawn by hand -->',
      '<!-- the first step -->',
      '<![CDATA[a < b && c]]>',
      'line one&#10;line two',
    ])
      expect(saved.toLowerCase()).toContain(kept.toLowerCase());
  });

  test('keeps what is foreign on the very element that is changed', async () => {
    const saved = await edit((process) => {
      inProcess(process, 'first').name = 'renamed';
      process.isExecutable = true;
    });
    expect(missingFacts(factsOf(source), factsOf(saved))).toEqual([
      '#p @isExecutable=false',
      '#first @name=Line one line two',
    ]);
  });

  test('is not given back what somebody removed', async () => {
    const saved = await edit((process) => {
      process.flowElements = process.flowElements?.filter(({ id }) => id === 'first');
      process.extensionElements = undefined;
    });
    expect(saved).not.toContain('acme:row');
    expect(saved).not.toContain('operationRef');
    expect(saved).toContain('acme:marker');
  });

  test('keeps what its elements are when they are moved', async () => {
    const saved = await edit((process) => {
      const moved = inProcess(process, 'first');
      process.flowElements = process.flowElements?.filter((one) => one !== moved);
      const group = { $type: 'bpmn:SubProcess', id: 'group', flowElements: [moved] };
      process.flowElements?.push(new BpmnModdle({}).create('bpmn:SubProcess', group) as Element);
    });
    expect(saved).toMatch(/id="group"[\s\S]*startQuantity="1"[\s\S]*<\/\w+:subProcess>/);
  });

  test('that is not well-formed is saved as the editor wrote it', () => {
    expect(keepForeign({ source: '<a', baseline: '<a/>', edited: '<a b="c"/>' })).toBe('<a b="c"/>');
  });
});

describe('what an editor gives an id', () => {
  test('is still the same element', () => {
    const kept = keepForeign({
      source: '<a xmlns:x="u"><b x:y="1" c="2"/></a>',
      baseline: '<a><b id="new" c="2"/></a>',
      edited: '<a><b id="new" c="3"/></a>',
    });
    expect(kept).toBe('<a xmlns:x="u"><b x:y="1" c="3" /></a>');
  });
});

describe('prefixes', () => {
  test('that mean something else in the editor are declared where they are needed', () => {
    const kept = keepForeign({
      source: '<q:a xmlns:q="urn:one"><q:lost/></q:a>',
      baseline: '<p:a xmlns:p="urn:one" xmlns:q="urn:two"/>',
      edited: '<p:a xmlns:p="urn:one" xmlns:q="urn:two"><q:b/></p:a>',
    });
    expect(factsOf(kept)).toEqual(['/{urn:one}a', '/{urn:one}a/{urn:one}lost', '/{urn:one}a/{urn:two}b']);
  });
});
