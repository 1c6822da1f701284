import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldErrorProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { getUiOptions } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { allProperties, isTableOfFields, shownColumns } from './prepare-ui.ts';

const wideWidgets = new Set(['checklist', 'scan-list']);

/** A field: label, explanation, input, errors. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { t } = useTranslation('form');
  const { id, schema, children, label, rawErrors, rawDescription } = props;
  const options = getUiOptions(props.uiSchema);
  if (props.hidden) return <div hidden>{children}</div>;
  if (options.row === true) return children;
  const group = !props.displayLabel && schema.type !== 'boolean';
  const confirms = schema.type === 'boolean' && schema.const === true && !props.readonly;
  const compact = options.compact === true;
  return (
    <div className={rawErrors?.length ? 'field invalid' : 'field'}>
      {!group && !confirms && (
        <label id={`${id}__label`} htmlFor={id} className={compact ? 'visually-hidden' : undefined}>
          {label}
          {props.required && !props.readonly && (
            <span className="required">
              <span aria-hidden="true"> *</span>
              <span className="visually-hidden"> {t('required')}</span>
            </span>
          )}
        </label>
      )}
      {!group && rawDescription && !compact && (
        <p id={`${id}__description`} className="field-help">
          {rawDescription}
        </p>
      )}
      {children}
      {rawErrors && rawErrors.length > 0 && <FieldErrors id={id} errors={rawErrors} />}
    </div>
  );
}

function FieldErrors({ id, errors }: { id: string; errors: readonly string[] }) {
  return (
    <ul id={`${id}__error`} className="field-errors">
      {[...new Set(errors)].map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}

/** Errors stand in the field template. */
export function FieldErrorTemplate(_props: FieldErrorProps) {
  return null;
}

function isWide(schema: unknown, widget: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const type: unknown = Reflect.get(schema, 'type');
  const types = [type].flat();
  return types.includes('object') || types.includes('array') || wideWidgets.has(String(widget));
}

/** A group of fields in two columns; what needs the width takes the whole line. */
export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { schema, uiSchema, properties, title, description, fieldPathId } = props;
  if (getUiOptions(uiSchema).row === true) return <RowCells {...props} />;
  const known = allProperties(schema);
  const isRoot = fieldPathId.path.length === 0;
  const fields = (
    <div className="form-grid">
      {properties
        .filter((property) => !property.hidden)
        .map((property) => {
          const options = getUiOptions(uiSchema?.[property.name]);
          const wide = isWide(known.get(property.name), options.widget) || uiSchema?.[property.name]?.['ui:field'];
          return (
            <div key={property.name} className={wide ? 'cell wide' : 'cell'}>
              {property.content}
            </div>
          );
        })}
    </div>
  );
  if (isRoot) return fields;
  return (
    <fieldset id={fieldPathId.$id} className="form-section">
      {title && <legend>{title}</legend>}
      {description && <p className="field-help">{description}</p>}
      {fields}
    </fieldset>
  );
}

function RowCells({ schema, uiSchema, properties }: ObjectFieldTemplateProps) {
  const columns = shownColumns(schema, uiSchema).map(([name]) => name);
  const others = properties.filter((property) => !property.hidden && !columns.includes(property.name));
  return (
    <>
      {columns.map((name) => (
        <td key={name}>{properties.find((property) => property.name === name && !property.hidden)?.content}</td>
      ))}
      {others.length > 0 && <td>{others.map((property) => property.content)}</td>}
    </>
  );
}

function asItem(items: ArrayFieldTemplateProps['schema']['items']) {
  return typeof items === 'object' && !Array.isArray(items) ? items : {};
}

/** A list: a table when its items are plain, boxes otherwise. */
export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { t } = useTranslation('form');
  const { schema, items, title, canAdd, onAddClick, disabled, readonly, fieldPathId } = props;
  const id = fieldPathId.$id;
  const item = asItem(schema.items);
  const columns = isTableOfFields(schema) ? shownColumns({ ...item }, props.uiSchema?.items) : undefined;
  const requiredColumns = item.required ?? [];
  const simple = item.type !== 'object';
  return (
    <fieldset id={id} className={simple ? 'form-section list simple' : 'form-section list'} tabIndex={-1}>
      {title && (
        <legend>
          {title}
          {props.required && !readonly && (
            <span className="required">
              <span aria-hidden="true"> *</span>
              <span className="visually-hidden"> {t('required')}</span>
            </span>
          )}
        </legend>
      )}
      {schema.description && <p className="field-help">{schema.description}</p>}
      {items.length === 0 && <p className="muted">{t('optionalEmpty')}</p>}
      {columns && items.length > 0 ? (
        <div className="table-frame">
          <table className="grid fields">
            <thead>
              <tr>
                {columns.map(([name, column]) => (
                  <th key={name}>
                    {typeof column.title === 'string' ? column.title : name}
                    {requiredColumns.includes(name) && column.readOnly !== true && (
                      <span className="required" aria-hidden="true">
                        {' *'}
                      </span>
                    )}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>{items}</tbody>
          </table>
        </div>
      ) : (
        items
      )}
      {canAdd && !readonly && (
        <button type="button" className="row-button" disabled={disabled} onClick={onAddClick}>
          + {t('add')}
        </button>
      )}
    </fieldset>
  );
}

/** One item of a list with its remove button. */
export function ArrayFieldItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation('form');
  const { buttonsProps, children, index } = props;
  const remove = buttonsProps.hasRemove && !props.readonly && (
    <button
      type="button"
      className="icon-button"
      aria-label={t('remove', { row: index + 1 })}
      disabled={props.disabled}
      onClick={buttonsProps.onRemoveItem}
    >
      ×
    </button>
  );
  if (getUiOptions(props.uiSchema).row === true) {
    return (
      <tr>
        {children}
        <td>{remove}</td>
      </tr>
    );
  }
  return (
    <div className="list-item">
      <div className="list-item-body">{children}</div>
      {remove}
    </div>
  );
}
