import { describe, expect, test } from 'vitest';
import { packageOf } from '../../../tests/spec/case-run.ts';
import { chain, definitions, element, processOf } from '../../../tests/spec/diagram.ts';
import { compilePackage } from '../compile-package.ts';

type Table = {
  readonly hitPolicy?: string;
  readonly inputs: readonly { readonly expression: string; readonly type?: string; readonly values?: string }[];
  readonly rules: readonly (readonly string[])[];
  readonly fallback?: string;
};

/** A table that answers each rule with its number, or with the last cell where there is one more than there are inputs. */
function dmn({ hitPolicy = 'UNIQUE', inputs, rules, fallback }: Table): string {
  const text = (content: string) => `<text>${content.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</text>`;
  const columns = inputs.map(
    ({ expression, type = 'number', values }, index) =>
      `<input id="i${index}"><inputExpression id="e${index}" typeRef="${type}">${text(expression)}</inputExpression>${
        values === undefined ? '' : `<inputValues id="v${index}">${text(values)}</inputValues>`
      }</input>`,
  );
  const rows = rules.map((cells, row) => {
    const tests = inputs.map(
      (_, column) => `<inputEntry id="c${row}_${column}">${text(cells[column] ?? '-')}</inputEntry>`,
    );
    const answer = cells[inputs.length] ?? String(row + 1);
    return `<rule id="r${row}">${tests.join('')}<outputEntry id="o${row}">${text(answer)}</outputEntry></rule>`;
  });
  const otherwise = fallback === undefined ? '' : `<defaultOutputEntry id="d">${text(fallback)}</defaultOutputEntry>`;
  const output = `<output id="out" name="answer" typeRef="number">${otherwise}</output>`;
  const table = `<decisionTable id="t" hitPolicy="${hitPolicy}">${columns.join('')}${output}${rows.join('')}</decisionTable>`;
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="file" name="file" namespace="urn:test"><decision id="band" name="Band"><variable id="v" name="band" />${table}</decision></definitions>`;
}

async function found(table: Table) {
  const bpmn = definitions(processOf('p', element('startEvent', 'start'), element('task', 'A'), chain('start A')));
  const { findings } = await compilePackage({ ...packageOf(bpmn), decisions: { file: dmn(table) } });
  return findings
    .filter(({ clause }) => clause === undefined)
    .map(({ rule, params }) => `${rule}: ${params?.when ?? ''}`);
}

const amount = { expression: 'amount' };
const kind = { expression: 'kind', type: 'string' };

describe('decision tables', () => {
  test('with a gap between two rules', async () => {
    expect(await found({ inputs: [amount], rules: [['< 100'], ['> 100']] })).toEqual(['table-gap: amount = 100']);
    expect(await found({ inputs: [amount], rules: [['< 100'], ['[100..200]'], ['> 200']] })).toEqual([]);
  });

  test('with a gap in two columns together', async () => {
    const rules = [
      ['< 10', '"a"'],
      ['>= 10', '-'],
      ['< 10', '"b"'],
    ];
    const [gap, ...more] = await found({ inputs: [amount, kind], rules });
    expect([gap, more]).toEqual(['table-gap: amount < 10, kind ∉ {"a", "b"}', []]);
    const closed = { ...kind, values: '"a","b"' };
    expect(await found({ inputs: [amount, closed], rules })).toEqual([]);
  });

  test('with a default or collecting answers have no gap', async () => {
    expect(await found({ inputs: [amount], rules: [['< 100']], fallback: '0' })).toEqual([]);
    expect(await found({ hitPolicy: 'COLLECT', inputs: [amount], rules: [['< 100']] })).toEqual([]);
  });

  test('with rules that answer the same input', async () => {
    const rules = [['<= 100'], ['>= 100']];
    expect(await found({ inputs: [amount], rules })).toEqual(['table-overlap: amount = 100']);
    expect(await found({ hitPolicy: 'FIRST', inputs: [amount], rules })).toEqual([]);
    expect(
      await found({
        hitPolicy: 'ANY',
        inputs: [amount],
        rules: [
          ['<= 100', '1'],
          ['>= 100', '1'],
        ],
      }),
    ).toEqual([]);
    expect(
      await found({
        hitPolicy: 'ANY',
        inputs: [amount],
        rules: [
          ['<= 100', '1'],
          ['>= 100', '2'],
        ],
      }),
    ).toEqual(['table-overlap: amount = 100']);
  });

  test('are complete over true and false', async () => {
    const ready = { expression: 'ready', type: 'boolean' };
    expect(await found({ inputs: [ready], rules: [['true']] })).toEqual(['table-gap: ready = false']);
    expect(await found({ inputs: [ready], rules: [['true'], ['false']] })).toEqual([]);
  });

  test('are not judged where a test cannot be understood', async () => {
    expect(await found({ inputs: [amount], rules: [['< limit'], ['>= limit']] })).toEqual([]);
  });
});
