import type { FieldProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { allProperties } from './prepare-ui.ts';
import { type ReadAs, useValueText } from './read-only-value.tsx';

type Node = Readonly<Record<string, unknown>>;
type Column = { readonly name: string; readonly title: string; readonly as: ReadAs };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
}

function readAs(schema: Node, money: boolean): ReadAs {
  const named = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isNode) : [];
  const choices = named.map((one) => ({
    value: one.const,
    label: typeof one.title === 'string' ? one.title : undefined,
  }));
  return { choices, money, format: typeof schema.format === 'string' ? schema.format : undefined };
}

/** Columns named by the hints, or by the schema, or found in the data. */
function columnsOf(schema: Node, ui: Node, rows: readonly Node[]): readonly Column[] {
  const options = isNode(ui['ui:options']) ? ui['ui:options'] : {};
  const known = allProperties(schema);
  const money = textList(options.money) ?? [];
  const inData = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = textList(options.columns) ?? (known.size > 0 ? [...known.keys()] : inData);
  const itemUi = isNode(ui.items) ? ui.items : ui;
  return names.map((name) => {
    const column = known.get(name) ?? {};
    const hint = itemUi[name];
    const isMoney = money.includes(name) || (isNode(hint) && hint['ui:widget'] === 'money');
    return { name, title: typeof column.title === 'string' ? column.title : name, as: readAs(column, isMoney) };
  });
}

/** Something that is only looked at: a list as a table, an object as pairs. */
export function TableField(props: FieldProps) {
  const { t } = useTranslation('form');
  const text = useValueText();
  const { schema, uiSchema, formData, fieldPathId } = props;
  const value: unknown = formData;
  const title = typeof schema.title === 'string' ? schema.title : undefined;
  const ui: Node = isNode(uiSchema) ? uiSchema : {};
  if (isNode(value)) {
    return (
      <section className="shown-only" aria-label={title} id={fieldPathId.$id}>
        {title && <h2>{title}</h2>}
        <dl className="pairs">
          {columnsOf(schema, ui, [value]).map(({ name, title: label, as }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{text(value[name], as)}</dd>
            </div>
          ))}
        </dl>
      </section>
    );
  }
  const items: Node = isNode(schema.items) ? schema.items : {};
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const rows = list.filter(isNode);
  const columns = columnsOf(items, ui, rows);
  return (
    <section className="shown-only" aria-label={title} id={fieldPathId.$id}>
      {title && <h2>{title}</h2>}
      {list.length === 0 && <p className="muted">{t('emptyTable')}</p>}
      {rows.length === 0 && list.length > 0 && <p>{text(list, readAs(items, false))}</p>}
      {rows.length > 0 && (
        <div className="table-frame">
          <table className="grid">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} className={column.as.money ? 'number' : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows that are only shown never move
                <tr key={index}>
                  {columns.map((column) => (
                    <td key={column.name} className={column.as.money ? 'number' : undefined}>
                      {text(row[column.name], column.as)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
