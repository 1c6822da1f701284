import type { TFunction } from 'i18next';

/** Screens show the hospital's wall clock, wherever the browser stands. */
export const hospitalZone = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: hospitalZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function fields(instant: string): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

/** `2026-03-02 16:05`, the same in every language, so nobody mistakes day for month. */
export function formatInstant(instant: string): string {
  const { year, month, day, hour, minute } = fields(instant);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** `2026-03-02 16:05:09`. */
export function formatInstantExactly(instant: string): string {
  return `${formatInstant(instant)}:${fields(instant).second}`;
}

/** `16:05` today, `03-02 16:05` on another day of this year, else the whole date. */
export function formatInstantShort(instant: string, now: string): string {
  const [one, other] = [fields(instant), fields(now)];
  const time = `${one.hour}:${one.minute}`;
  if (one.year !== other.year) return formatInstant(instant);
  return one.month === other.month && one.day === other.day ? time : `${one.month}-${one.day} ${time}`;
}

/** Money in fen as yuan: `¥1,234.50`. */
export function formatMoney(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const yuan = Math.trunc(Math.abs(fen) / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}¥${yuan}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** A length of time in its largest whole unit: `5 min`, `3 h`, `2 d`. */
export function formatDuration(milliseconds: number, t: TFunction): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return t('time:minutes', { count: minutes });
  if (minutes < 48 * 60) return t('time:hours', { count: Math.floor(minutes / 60) });
  return t('time:days', { count: Math.floor(minutes / 60 / 24) });
}
