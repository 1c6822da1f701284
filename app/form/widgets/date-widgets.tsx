import type { WidgetProps } from '@rjsf/utils';
import { DatePicker, TimePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import type { KeyboardEvent } from 'react';
import { fromHospitalWall, toHospitalWall } from '../../i18n/hospital-wall.ts';
import { ReadOnlyValue, useValueText } from '../read-only-value.tsx';

dayjs.extend(customParseFormat);

const typed = ['YYYY-MM-DD HH:mm', 'YYYY-MM-DDTHH:mm', 'YYYY/MM/DD HH:mm', 'YYYYMMDD HHmm'];
const typedDay = ['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD'];

/** Enter takes the date that was typed; the form is not sent by it. */
function keepForm(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

/** An instant, picked and shown on the hospital's wall clock, kept in UTC. */
export function DateTimeWidget(props: WidgetProps) {
  const text = useValueText();
  const { id, value, onChange } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  const wall = typeof value === 'string' ? toHospitalWall(value) : undefined;
  return (
    <DatePicker
      id={id}
      className="date-input"
      showTime={{ format: 'HH:mm' }}
      format={typed}
      value={wall === undefined ? null : dayjs(wall)}
      disabled={props.disabled}
      status={props.rawErrors?.length ? 'error' : undefined}
      needConfirm={false}
      onKeyDown={keepForm}
      onChange={(picked) => onChange(picked ? fromHospitalWall(picked.format('YYYY-MM-DDTHH:mm:ss')) : undefined)}
    />
  );
}

/** A day. */
export function DateWidget(props: WidgetProps) {
  const text = useValueText();
  const { id, value, onChange } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  return (
    <DatePicker
      id={id}
      className="date-input"
      format={typedDay}
      value={typeof value === 'string' ? dayjs(value) : null}
      disabled={props.disabled}
      status={props.rawErrors?.length ? 'error' : undefined}
      onKeyDown={keepForm}
      onChange={(picked) => onChange(picked ? picked.format('YYYY-MM-DD') : undefined)}
    />
  );
}

/** A time of day. */
export function TimeWidget(props: WidgetProps) {
  const text = useValueText();
  const { id, value, onChange } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  return (
    <TimePicker
      id={id}
      className="date-input"
      format="HH:mm"
      value={typeof value === 'string' ? dayjs(value, ['HH:mm:ss', 'HH:mm']) : null}
      disabled={props.disabled}
      status={props.rawErrors?.length ? 'error' : undefined}
      needConfirm={false}
      onKeyDown={keepForm}
      onChange={(picked) => onChange(picked ? picked.format('HH:mm:ss') : undefined)}
    />
  );
}
