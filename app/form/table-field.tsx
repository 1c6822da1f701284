import type { FieldProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { englishBeside } from './english-beside.ts';
import { shownColumns } from './prepare-ui.ts';
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
  const items = isNode(schema.items) ? schema.items.oneOf : undefined;
  const named = [schema.oneOf, items].flat().filter(isNode);
  const choices = named.map((one) => ({
    value: one.const,
    label: typeof one.title === 'string' ? one.title : undefined,
  }));
  return { choices, money };
}

/** Columns named by the hints, or by the schema, or found in the data. */
function columnsOf(schema: Node, ui: Node, rows: readonly Node[]): readonly Column[] {
  const options = isNode(ui['ui:options']) ? ui['ui:options'] : {};
  const itemUi = isNode(ui.items) ? ui.items : ui;
  const known = new Map(shownColumns(schema, itemUi));
  const money = textList(options.money) ?? [];
  const inData = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = textList(options.columns) ?? (known.size > 0 ? [...known.keys()] : inData);
  return names.map((name) => {
    const column = known.get(name) ?? {};
    const hint = itemUi[name];
    const isMoney = money.includes(name) || (isNode(hint) && hint['ui:widget'] === 'money');
    return { name, title: typeof column.title === 'string' ? column.title : name, as: readAs(column, isMoney) };
  });
}

/** A value in its words; a list one below the other, to be compared with what lies on the table. */
function Shown({ holder, name, as }: { holder: Node; name: string; as: ReadAs }) {
  const { i18n } = useTranslation();
  const text = useValueText();
  const value = holder[name];
  if (Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === 'string')) {
    return (
      <ul className="cell-list">
        {value.map((one: string) => (
          <li key={one}>{text(one, as)}</li>
        ))}
      </ul>
    );
  }
  return (i18n.language === 'en' && englishBeside(holder, name)) || text(value, as);
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
              <dd>
                <Shown holder={value} name={name} as={as} />
              </dd>
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
                      <Shown holder={row} name={column.name} as={column.as} />
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
