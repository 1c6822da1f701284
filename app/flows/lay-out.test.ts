import { describe, expect, test } from 'vitest';
import { layOut } from './lay-out.server.ts';

const undrawn = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="elsewhere">
  <process id="p" isExecutable="true">
    <startEvent id="s" />
    <sequenceFlow sourceRef="s" targetRef="t" />
    <userTask id="t" name="Look" />
    <sequenceFlow id="f" sourceRef="t" targetRef="e" />
    <endEvent id="e" />
  </process>
</definitions>`;

describe('laying out an imported diagram', () => {
  test('every node and flow of an undrawn file is drawn, flows without an id too', async () => {
    const drawn = await layOut(undrawn);
    for (const id of ['s', 't', 'e']) expect(drawn).toMatch(new RegExp(`BPMNShape[^>]*bpmnElement="${id}"`));
    expect(drawn.match(/<bpmndi:BPMNEdge/g)).toHaveLength(2);
    expect(drawn).toContain('name="Look"');
  });

  test('a drawing that is there is not touched', async () => {
    const drawn = await layOut(undrawn);
    expect(await layOut(drawn)).toBe(drawn);
  });
});
