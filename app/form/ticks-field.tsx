import type { FieldProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { allProperties } from './prepare-ui.ts';

/** An object of yes-or-no fields as a list to tick, as in "four checks and ten comparisons". */
export function TicksField(props: FieldProps) {
  const { t } = useTranslation('form');
  const { schema, formData, onChange, fieldPathId, rawErrors, errorSchema } = props;
  const id = fieldPathId.$id;
  const value: Record<string, unknown> = typeof formData === 'object' && formData !== null ? { ...formData } : {};
  const fields = [...allProperties(schema)];
  const all = fields.every(([name]) => value[name] === true);
  const set = (next: Record<string, unknown>) => onChange(next, fieldPathId.path, undefined, id);
  const errorsOf = (name: string): readonly string[] => errorSchema?.[name]?.__errors ?? [];
  return (
    <fieldset id={id} className="form-section" tabIndex={-1}>
      <legend>
        {typeof schema.title === 'string' ? schema.title : props.name}
        {!props.readonly && (
          <button
            type="button"
            className="row-button small"
            disabled={props.disabled}
            onClick={() => set(Object.fromEntries(fields.map(([name]) => [name, all ? undefined : true])))}
          >
            {t(all ? 'tickNone' : 'tickAll')}
          </button>
        )}
      </legend>
      <div className="choices ticks">
        {fields.map(([name, field]) => (
          <label key={name} className={errorsOf(name).length > 0 ? 'choice invalid' : 'choice'}>
            <input
              id={`${id}_${name}`}
              type="checkbox"
              checked={value[name] === true}
              disabled={props.disabled || props.readonly}
              onChange={(event) => set({ ...value, [name]: event.target.checked })}
            />
            {typeof field.title === 'string' ? field.title : name}
            {errorsOf(name).map((error) => (
              <span key={error} className="field-errors">
                {error}
              </span>
            ))}
          </label>
        ))}
      </div>
      {rawErrors?.map((error) => (
        <p key={error} className="field-errors">
          {error}
        </p>
      ))}
    </fieldset>
  );
}
