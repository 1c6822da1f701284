import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import Modeler from 'bpmn-js/lib/Modeler';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel';
import ZeebeBehaviorsModule from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import zeebeModdle from 'zeebe-bpmn-moddle/resources/zeebe.json';
import type { Language } from '../../engine/index.ts';
import { keepForeign } from '../../engine/interchange/index.ts';
import { type Canvas, openReadable, type Registry, revealElement } from '../diagram/view-port.ts';
import { clinicalPropertiesModule } from './clinical-properties.client.ts';
import { translateModule } from './translate.client.ts';

/** A finding's place and weight, all that the diagram needs to mark it. */
export type Mark = { readonly elementId: string; readonly severity: 'error' | 'warning' | 'info' };

/** What the editor page can ask of the modeler. */
export type ModelerHandle = {
  /** The diagram with everything its author's tool put into it, even what this editor cannot hold. */
  saveXml(): Promise<string>;
  /** Replaces the diagram. Rejects when the XML cannot be read; the diagram shown before stays. */
  importXml(xml: string): Promise<readonly string[]>;
  undo(): void;
  redo(): void;
  fit(): void;
  /** Selects an element and scrolls it into view. */
  show(elementId: string): void;
  mark(marks: readonly Mark[]): void;
  /** Shows a step of a run beside the marks of findings; the next step replaces it. */
  showRun(run: { readonly classes: Readonly<Record<string, string>>; readonly here?: string }): void;
  destroy(): void;
};

type Markers = { addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void };
type Stack = { undo(): void; redo(): void };
type Selection = { select(element: object): void };

/** Builds a bpmn-js modeler with the zeebe and clinical properties panel inside the two given elements. Browser only. */
export function createModeler(options: {
  canvas: HTMLElement;
  panel: HTMLElement;
  language: Language;
  clinicalModdle: object;
  onChange: () => void;
}): ModelerHandle {
  const modeler = new Modeler({
    container: options.canvas,
    propertiesPanel: { parent: options.panel },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      ZeebeBehaviorsModule,
      clinicalPropertiesModule,
      translateModule(options.language),
    ],
    moddleExtensions: { zeebe: zeebeModdle, clinical: options.clinicalModdle },
  });
  const canvas = modeler.get<Canvas & Markers>('canvas');
  const registry = modeler.get<Registry>('elementRegistry');
  let marked: readonly Mark[] = [];
  let run: readonly (readonly [string, string])[] = [];
  let opened = { source: '', baseline: '' };
  const write = async () => (await modeler.saveXML({ format: true })).xml ?? '';
  modeler.on('commandStack.changed', options.onChange);

  const known = (marks: readonly Mark[]) => marks.filter((mark) => registry.get(mark.elementId) !== undefined);
  const clearMarks = () => {
    for (const mark of known(marked)) canvas.removeMarker(mark.elementId, `finding-${mark.severity}`);
  };

  return {
    async saveXml() {
      return keepForeign({ ...opened, edited: await write() });
    },
    async importXml(xml) {
      const { warnings } = await modeler.importXML(xml);
      opened = { source: xml, baseline: await write() };
      marked = [];
      openReadable(canvas, registry);
      return warnings.map((warning) =>
        typeof warning === 'string' ? warning : String(Reflect.get(Object(warning), 'message')),
      );
    },
    undo: () => modeler.get<Stack>('commandStack').undo(),
    redo: () => modeler.get<Stack>('commandStack').redo(),
    fit() {
      canvas.zoom('fit-viewport', 'auto');
    },
    show(elementId) {
      const element = registry.get(elementId);
      if (!element) return;
      modeler.get<Selection>('selection').select(element);
      revealElement(canvas, registry, elementId);
    },
    mark(marks) {
      clearMarks();
      marked = marks;
      for (const mark of known(marks)) canvas.addMarker(mark.elementId, `finding-${mark.severity}`);
    },
    showRun({ classes, here }) {
      for (const [id, name] of run) if (registry.get(id)) canvas.removeMarker(id, name);
      run = Object.entries(classes).filter(([id]) => registry.get(id) !== undefined);
      for (const [id, name] of run) canvas.addMarker(id, name);
      if (here !== undefined && registry.get(here)) revealElement(canvas, registry, here);
    },
    destroy: () => modeler.destroy(),
  };
}
