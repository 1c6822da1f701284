import { Theme as AntdTheme } from '@rjsf/antd';
import { withTheme } from '@rjsf/core';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDocument } from '../../engine/index.ts';
import { localizeSchema } from '../../forms/localize-schema.ts';
import { parseLanguage } from '../i18n/language.ts';
import { browserValidator } from './browser-validator.ts';
import { defaultState } from './default-state.ts';
import { withEmptyLists } from './empty-lists.ts';
import { forRendering } from './for-rendering.ts';
import type { FormContext } from './form-context.ts';
import { type FieldError, fieldIdOf, toErrorSchema } from './form-errors.ts';
import { prepareUi } from './prepare-ui.ts';
import { prune } from './prune.ts';
import { TableField } from './table-field.tsx';
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  FieldErrorTemplate,
  FieldTemplate,
  ObjectFieldTemplate,
} from './templates.tsx';
import { TicksField } from './ticks-field.tsx';
import { BooleanWidget, ChecklistWidget, ChoiceWidget, RadioWidget } from './widgets/choice-widgets.tsx';
import { DateTimeWidget, DateWidget, TimeWidget } from './widgets/date-widgets.tsx';
import { LookupWidget } from './widgets/lookup-widget.tsx';
import { MoneyWidget } from './widgets/number-widget.tsx';
import { ScanWidget } from './widgets/scan-widget.tsx';
import { SignatureWidget } from './widgets/signature-widget.tsx';
import { TextareaWidget, TextWidget } from './widgets/text-widget.tsx';

const Renderer = withTheme({
  ...AntdTheme,
  templates: {
    ...AntdTheme.templates,
    FieldTemplate,
    FieldErrorTemplate,
    ObjectFieldTemplate,
    ArrayFieldTemplate,
    ArrayFieldItemTemplate,
  },
  fields: { ...AntdTheme.fields, table: TableField, ticks: TicksField },
  widgets: {
    ...AntdTheme.widgets,
    TextWidget,
    TextareaWidget,
    SelectWidget: ChoiceWidget,
    RadioWidget,
    CheckboxWidget: BooleanWidget,
    CheckboxesWidget: ChecklistWidget,
    DateTimeWidget,
    DateWidget,
    TimeWidget,
    UpDownWidget: TextWidget,
    money: MoneyWidget,
    lookup: LookupWidget,
    scan: ScanWidget,
    checklist: ChecklistWidget,
    signature: SignatureWidget,
  },
});

/** A form as staff fill it in. */
export type SchemaFormProps = {
  /** As published, with its words in all languages. */
  readonly form: FormDocument;
  readonly data: unknown;
  readonly onChange: (data: unknown) => void;
  /** Gets the data without what was left empty. */
  readonly onSubmit: (data: unknown) => void;
  /** What the server found; the first of them gets the focus. */
  readonly errors: readonly FieldError[];
  readonly context: FormContext;
  readonly disabled?: boolean;
  /** Buttons below the fields. */
  readonly children: ReactNode;
};

/** Renders a form of a flow in the language shown. */
export function SchemaForm(props: SchemaFormProps) {
  const { form } = props;
  const { i18n } = useTranslation();
  const language = parseLanguage(i18n.language) ?? 'zh-CN';
  const schema: RJSFSchema = useMemo(() => forRendering(localizeSchema(form.schema, language)), [form, language]);
  const uiSchema: UiSchema = useMemo(
    () => ({
      ...prepareUi(localizeSchema(form.schema, language), form.ui),
      'ui:submitButtonOptions': { norender: true },
    }),
    [form, language],
  );
  const errors = useMemo(
    () => props.errors.map((one) => ({ ...one, message: one.messages?.[language] ?? one.message })),
    [props.errors, language],
  );
  const extraErrors = useMemo(() => toErrorSchema(errors), [errors]);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.errors.length > 0 && frame.current) focusFirst(frame.current, props.errors);
  }, [props.errors]);
  return (
    <div ref={frame} className="schema-form">
      <ErrorSummary errors={errors} schema={schema} />
      <Renderer
        schema={schema}
        uiSchema={uiSchema}
        validator={browserValidator}
        formData={props.data}
        formContext={{ ...props.context, data: props.data }}
        extraErrors={extraErrors}
        experimental_defaultFormStateBehavior={defaultState}
        disabled={props.disabled}
        noHtml5Validate
        noValidate
        showErrorList={false}
        onChange={({ formData }) => props.onChange(formData)}
        onSubmit={({ formData }) => props.onSubmit(withEmptyLists(form.schema, prune(formData) ?? {}))}
      >
        {props.children}
      </Renderer>
    </div>
  );
}

function focusFirst(frame: HTMLElement, errors: readonly FieldError[]): void {
  const places = errors.map(({ path }) => frame.querySelector<HTMLElement>(`[id="${CSS.escape(fieldIdOf(path))}"]`));
  const found = places.filter((place): place is HTMLElement => place !== null);
  const [first] = found.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const target = first?.matches('input,select,textarea,button,[tabindex]')
    ? first
    : first?.querySelector<HTMLElement>('input,select,textarea');
  (target ?? frame.querySelector<HTMLElement>('.error-summary'))?.focus();
}

/** What needs correcting in one place, for errors that belong to no field and for readers who cannot see colours. */
function ErrorSummary({ errors, schema }: { errors: readonly FieldError[]; schema: RJSFSchema }) {
  const { t } = useTranslation('form');
  if (errors.length === 0) return null;
  const titleOf = (path: string) => {
    const [name] = path.split('/').slice(1);
    const property = name === undefined ? undefined : schema.properties?.[name];
    return (typeof property === 'object' && property.title) || name || t('errors.general');
  };
  return (
    <div className="error-summary notice danger" role="alert" tabIndex={-1}>
      <strong>{t('errors.title', { count: errors.length })}</strong>
      <ul>
        {errors.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{t('errors.line', { field: titleOf(path), message })}</li>
        ))}
      </ul>
    </div>
  );
}
