import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import * as antd from 'antd';
import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { theme } from './theme.ts';

const noop = () => undefined;

/** One of each component the screens use: rendering it once brings out its variables. */
function samples(): readonly ReactElement[] {
  const { Form, Input, Tabs, Table, Modal } = antd;
  return [
    <antd.Button key="button" />,
    <Input key="input" />,
    <Input.TextArea key="textarea" />,
    <Input.Search key="search" />,
    <antd.InputNumber key="number" />,
    <antd.Select key="select" />,
    <antd.AutoComplete key="autocomplete" />,
    <antd.Checkbox key="checkbox" />,
    <antd.Radio.Group key="radio" options={['a']} />,
    <antd.Switch key="switch" />,
    <antd.DatePicker key="date" />,
    <antd.TimePicker key="time" />,
    <Form key="form">
      <Form.Item label="a" />
    </Form>,
    <Table key="table" columns={[{ title: 'a' }]} dataSource={[{ key: 1 }]} pagination={{ pageSize: 1 }} />,
    <Tabs key="tabs" items={[{ key: 'a', label: 'a' }]} />,
    <antd.Tag key="tag" />,
    <antd.Badge key="badge" count={1} />,
    <antd.Alert key="alert" title="a" />,
    <antd.Empty key="empty" />,
    <antd.Spin key="spin" />,
    <antd.Card key="card" />,
    <antd.Descriptions key="descriptions" items={[{ key: 'a', label: 'a', children: 'a' }]} />,
    <antd.Divider key="divider" />,
    <antd.Space key="space" />,
    <antd.Row key="row">
      <antd.Col span={12} />
    </antd.Row>,
    <antd.List key="list" dataSource={['a']} renderItem={() => <antd.List.Item />} />,
    <antd.Timeline key="timeline" items={[{ content: 'a' }]} />,
    <antd.Tooltip key="tooltip" title="a" open getPopupContainer={undefined}>
      <i />
    </antd.Tooltip>,
    <antd.Pagination key="pagination" total={20} />,
    <antd.Segmented key="segmented" options={['a']} />,
    <antd.Typography.Text key="text">a</antd.Typography.Text>,
    <antd.Collapse key="collapse" items={[{ key: 'a', label: 'a' }]} />,
    <antd.Slider key="slider" />,
    <antd.Upload key="upload" />,
    <antd.Result key="result" />,
    <Modal key="modal" open={false} onCancel={noop} />,
  ];
}

let css: string | undefined;

/** The variables of the theme and of every component's own tokens, made once. */
export function themeCss(): string {
  css ??= renderTheme();
  return css;
}

function renderTheme(): string {
  const cache = createCache();
  renderToString(
    <StyleProvider cache={cache}>
      <antd.ConfigProvider theme={theme}>
        <antd.App>{samples()}</antd.App>
      </antd.ConfigProvider>
    </StyleProvider>,
  );
  return extractStyle(cache, { types: ['token', 'cssVar'], plain: true });
}
