import type { WidgetProps } from '@rjsf/utils';
import { ariaDescribedByIds } from '@rjsf/utils';
import { ReadOnlyValue, useFieldText } from '../read-only-value.tsx';
import { NumberWidget } from './number-widget.tsx';

/** One line of text, or a number where the schema says so. */
export function TextWidget(props: WidgetProps) {
  const { type } = props.schema;
  return type === 'number' || type === 'integer' ? <NumberWidget {...props} /> : <LineOfText {...props} />;
}

function LineOfText(props: WidgetProps) {
  const text = useFieldText();
  const { id, value, onChange, onBlur, onFocus } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(props)}</ReadOnlyValue>;
  return (
    <input
      id={id}
      name={props.htmlName ?? id}
      className="plain-input"
      type="text"
      value={typeof value === 'string' || typeof value === 'number' ? value : ''}
      disabled={props.disabled}
      required={props.required}
      placeholder={props.placeholder}
      aria-invalid={(props.rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      maxLength={props.schema.maxLength}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      onBlur={(event) => onBlur(id, event.target.value)}
      onFocus={(event) => onFocus(id, event.target.value)}
    />
  );
}

/** Several lines of text. */
export function TextareaWidget(props: WidgetProps) {
  const text = useFieldText();
  const { id, value, onChange, options } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(props)}</ReadOnlyValue>;
  return (
    <textarea
      id={id}
      name={props.htmlName ?? id}
      className="plain-input"
      rows={typeof options.rows === 'number' ? options.rows : 3}
      value={typeof value === 'string' ? value : ''}
      disabled={props.disabled}
      required={props.required}
      placeholder={props.placeholder}
      maxLength={props.schema.maxLength}
      aria-invalid={(props.rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}
