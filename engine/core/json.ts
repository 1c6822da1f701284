/** Any value JSON can say. Variables, form data and events are made of these alone. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Keys named like prototype members (`__proto__`, `constructor`, `prototype`) are refused at the edge. */
export type JsonObject = { readonly [key: string]: Json };

/** An instant in UTC as ISO 8601 with milliseconds and `Z`, e.g. `2026-03-02T00:00:00.000Z`. Compares as text. */
export type Instant = string;
