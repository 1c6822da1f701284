import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Input, Popconfirm, Select, Space, Typography } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDocument, ProcessPackage } from '../../engine/index.ts';

type Forms = ProcessPackage['forms'];
type Parsed = { readonly form: FormDocument } | { readonly problem: string };

const formIdPattern = /^[A-Za-z][\w-]{0,63}$/;
const newForm: FormDocument = {
  schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} },
  ui: {},
};

function parse(schema: string, ui: string): Parsed {
  try {
    const form = { schema: JSON.parse(schema), ui: JSON.parse(ui) };
    const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject(form.schema) && isObject(form.ui) ? { form } : { problem: '{ … }' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** The forms of a flow: JSON Schema and layout hints on the left, the form as staff will see it on the right. */
export function FormWorkbench(props: {
  readonly forms: Forms;
  readonly selected?: string;
  readonly onSelect: (formId: string | undefined) => void;
  readonly onChange: (forms: Forms) => void;
  readonly preview: (form: FormDocument, formId: string) => ReactNode;
}) {
  const { t } = useTranslation('flows');
  const ids = Object.keys(props.forms).sort();
  const formId = props.selected && props.forms[props.selected] ? props.selected : ids[0];
  const form = formId === undefined ? undefined : props.forms[formId];
  const [added, setAdded] = useState('');
  const canAdd = formIdPattern.test(added) && !props.forms[added];

  const add = () => {
    props.onChange({ ...props.forms, [added]: newForm });
    props.onSelect(added);
    setAdded('');
  };
  const remove = () => {
    if (formId === undefined) return;
    props.onChange(Object.fromEntries(Object.entries(props.forms).filter(([id]) => id !== formId)));
    props.onSelect(undefined);
  };

  return (
    <div className="form-workbench">
      <Space className="form-workbench-bar" wrap>
        <Select
          aria-label={t('form.choose')}
          style={{ minWidth: 260 }}
          value={formId}
          placeholder={t('form.none')}
          options={ids.map((id) => ({ value: id, label: id }))}
          onChange={props.onSelect}
          showSearch
        />
        <Popconfirm
          title={t('form.removeQuestion', { formId })}
          okText={t('form.remove')}
          cancelText={t('cancel')}
          onConfirm={remove}
        >
          <Button icon={<DeleteOutlined />} disabled={formId === undefined}>
            {t('form.remove')}
          </Button>
        </Popconfirm>
        <Space.Compact>
          <Input
            aria-label={t('form.newId')}
            placeholder={t('form.newId')}
            value={added}
            onChange={(event) => setAdded(event.target.value)}
            onPressEnter={() => canAdd && add()}
          />
          <Button icon={<PlusOutlined />} disabled={!canAdd} onClick={add}>
            {t('form.add')}
          </Button>
        </Space.Compact>
      </Space>
      {form === undefined || formId === undefined ? (
        <Empty description={t('form.empty')} />
      ) : (
        <FormSource
          key={formId}
          formId={formId}
          form={form}
          onChange={(changed) => props.onChange({ ...props.forms, [formId]: changed })}
          preview={props.preview}
        />
      )}
    </div>
  );
}

function FormSource(props: {
  readonly formId: string;
  readonly form: FormDocument;
  readonly onChange: (form: FormDocument) => void;
  readonly preview: (form: FormDocument, formId: string) => ReactNode;
}) {
  const { t } = useTranslation('flows');
  const [schema, setSchema] = useState(() => pretty(props.form.schema));
  const [ui, setUi] = useState(() => pretty(props.form.ui));
  const parsed = parse(schema, ui);
  const changed =
    'form' in parsed &&
    (pretty(parsed.form.schema) !== pretty(props.form.schema) || pretty(parsed.form.ui) !== pretty(props.form.ui));
  const { onChange } = props;

  // What cannot be read stays in the text area only: the draft always holds forms that can be shown.
  useEffect(() => {
    if (changed && 'form' in parsed) onChange(parsed.form);
  });

  return (
    <div className="form-workbench-panes">
      <div className="form-workbench-source">
        <Typography.Text strong id="schema-label">
          {t('form.schema')}
        </Typography.Text>
        <Input.TextArea
          aria-labelledby="schema-label"
          className="code"
          value={schema}
          onChange={(event) => setSchema(event.target.value)}
          rows={16}
          spellCheck={false}
        />
        <Typography.Text strong id="ui-label">
          {t('form.ui')}
        </Typography.Text>
        <Input.TextArea
          aria-labelledby="ui-label"
          className="code"
          value={ui}
          onChange={(event) => setUi(event.target.value)}
          rows={8}
          spellCheck={false}
        />
        {'problem' in parsed && (
          <Alert type="error" showIcon title={t('form.unreadable')} description={parsed.problem} />
        )}
      </div>
      <section className="form-workbench-preview" aria-label={t('form.preview')}>
        <Typography.Text strong>{t('form.preview')}</Typography.Text>
        {props.preview(props.form, props.formId)}
      </section>
    </div>
  );
}
