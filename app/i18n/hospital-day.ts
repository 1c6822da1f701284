/** When a day `YYYY-MM-DD` of the hospital's calendar begins; undefined where it is none (the 31st of February, say). */
export function startOfDay(day: string): string | undefined {
  const known = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(known) || !new Date(known).toISOString().startsWith(day)) return undefined;
  return new Date(`${day}T00:00:00+08:00`).toISOString();
}
