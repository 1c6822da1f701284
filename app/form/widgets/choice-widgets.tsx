import type { WidgetProps } from '@rjsf/utils';
import { ariaDescribedByIds } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { ReadOnlyValue, useValueText } from '../read-only-value.tsx';

/** A list with more choices than this is a drop-down; a shorter one shows them all. */
const mostShown = 5;

function choicesOf(props: WidgetProps): readonly { value: unknown; label: string }[] {
  return (props.options.enumOptions ?? []).map(({ value, label }) => ({ value, label }));
}

/** One of several: all shown while they are few, a drop-down otherwise. */
export function ChoiceWidget(props: WidgetProps) {
  const text = useValueText();
  const choices = choicesOf(props);
  if (props.multiple) return <ChecklistWidget {...props} />;
  if (props.readonly) return <ReadOnlyValue id={props.id}>{text(props.value, { choices })}</ReadOnlyValue>;
  const inTable = props.options.compact === true;
  return choices.length > mostShown || inTable ? <DropDown {...props} /> : <RadioWidget {...props} />;
}

/** One of several, all shown. */
export function RadioWidget(props: WidgetProps) {
  const text = useValueText();
  const { id, value, onChange } = props;
  const choices = choicesOf(props);
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value, { choices })}</ReadOnlyValue>;
  return (
    <div
      id={id}
      className="choices"
      role="radiogroup"
      aria-labelledby={`${id}__label`}
      aria-describedby={ariaDescribedByIds(id)}
    >
      {choices.map((choice, index) => (
        <label key={String(choice.value)} className="choice">
          <input
            type="radio"
            id={`${id}-${index}`}
            name={props.htmlName ?? id}
            value={String(choice.value)}
            checked={choice.value === value}
            disabled={props.disabled}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

function DropDown(props: WidgetProps) {
  const { t } = useTranslation('form');
  const { id, value, onChange } = props;
  const choices = choicesOf(props);
  const chosen = choices.findIndex((choice) => choice.value === value);
  return (
    <select
      id={id}
      name={props.htmlName ?? id}
      className="plain-input"
      value={chosen < 0 ? '' : String(chosen)}
      disabled={props.disabled}
      required={props.required}
      aria-invalid={(props.rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : choices[Number(event.target.value)]?.value)}
    >
      <option value="">{t('choose')}</option>
      {choices.map((choice, index) => (
        <option key={String(choice.value)} value={String(index)}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** Several of several, as a list to tick. */
export function ChecklistWidget(props: WidgetProps) {
  const text = useValueText();
  const { id, value, onChange } = props;
  const choices = choicesOf(props);
  const ticked: readonly unknown[] = Array.isArray(value) ? value : [];
  if (props.readonly) return <ReadOnlyValue id={id}>{text(ticked, { choices })}</ReadOnlyValue>;
  return (
    <fieldset
      id={id}
      className="choices column"
      aria-labelledby={`${id}__label`}
      aria-describedby={ariaDescribedByIds(id)}
    >
      {choices.map((choice, index) => (
        <label key={String(choice.value)} className="choice">
          <input
            type="checkbox"
            id={`${id}-${index}`}
            checked={ticked.includes(choice.value)}
            disabled={props.disabled}
            onChange={(event) => {
              const others = ticked.filter((one) => one !== choice.value);
              const next = event.target.checked ? [...others, choice.value] : others;
              // In the order of the list, whatever the order of ticking.
              onChange(choices.map((one) => one.value).filter((one) => next.includes(one)));
            }}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

/**
 * Yes or no. Two choices, so that "not answered" is not taken for "no"; a statement that can only be confirmed
 * (`const: true`) is one box to tick.
 */
export function BooleanWidget(props: WidgetProps) {
  const { t } = useTranslation('form');
  const text = useValueText();
  const { id, value, onChange, schema } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  if (schema.const === true) {
    return (
      <label className="choice">
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          disabled={props.disabled}
          aria-invalid={(props.rawErrors?.length ?? 0) > 0}
          aria-describedby={ariaDescribedByIds(id)}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
        />
        {props.label}
      </label>
    );
  }
  const named = Array.isArray(schema.oneOf) ? props.options.enumOptions : undefined;
  const enumOptions = named ?? [true, false].map((one) => ({ value: one, label: t(one ? 'yes' : 'no') }));
  return <RadioWidget {...props} options={{ ...props.options, enumOptions }} />;
}
