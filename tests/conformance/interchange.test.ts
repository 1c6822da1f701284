import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rewriteBpmn } from '../../engine/index.ts';
import { decodeXml, extensionsOf, factsOf, keepForeign, missingFacts } from '../../engine/interchange/index.ts';

const folder = join(import.meta.dirname, '../../../shared/conformance/interchange');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bpmn')) : [];

/** Every name written otherwise, so that hardly an element is left as it was. */
function touched(xml: string): string {
  return xml.replace(/ name="([^"]*)"/g, ' name="$1 (edited)"');
}

describe.skipIf(files.length === 0)('reference models of other tools (they lie beside the repository)', () => {
  test.each(files)('%s loses nothing when it is opened, changed and saved', async (name) => {
    const decoded = decodeXml(readFileSync(join(folder, name)));
    const source = decoded.ok ? decoded.text : '';
    const { opened, annotated } = await rewriteBpmn(source, { id: 'Added', text: 'x' });
    const saved = keepForeign({ source, baseline: opened, edited: annotated });
    expect(factsOf(source).length).toBeGreaterThan(100);
    expect(missingFacts(factsOf(source), factsOf(saved))).toEqual([]);
    expect(extensionsOf(saved)).toEqual(extensionsOf(source));
    expect(missingFacts(factsOf(saved), factsOf(source)).filter((fact) => !fact.includes('#Added'))).toEqual([]);
  });

  test.each(files)('%s keeps what is foreign even where every name is changed', async (name) => {
    const decoded = decodeXml(readFileSync(join(folder, name)));
    const source = decoded.ok ? decoded.text : '';
    const { opened } = await rewriteBpmn(source, { id: 'Added', text: 'x' });
    const saved = keepForeign({ source, baseline: opened, edited: touched(opened) });
    const lost = missingFacts(factsOf(source), factsOf(saved)).filter((fact) => !fact.includes('@name='));
    expect(lost).toEqual([]);
  });
});
