import type { Json, JsonObject } from '../core/json.ts';

/**
 * Names of event fields that may stand in the clear header, at any depth: ids, nodes, flows, types, codes, instants and
 * counts. **Everything else is sealed**, so a field added later is secret until somebody decides otherwise here.
 */
const CLEAR_FIELDS: ReadonlySet<string> = new Set([
  // what and where
  'type',
  'caseId',
  'processKey',
  'processId',
  'definition',
  'definitionHash',
  'node',
  'flow',
  'name',
  'nameEn',
  'n',
  'scope',
  'token',
  'parent',
  'host',
  'owner',
  'instance',
  'isolated',
  'startedBy',
  // how it stands
  'phase',
  'outcome',
  'how',
  'kind',
  'code',
  'errorCode',
  'caughtBy',
  'last',
  // when
  'at',
  'createdAt',
  'dueAt',
  'followUpAt',
  'raisedAt',
  'every',
  'remaining',
  // tasks and who may do them (staff, not patients)
  'task',
  'taskId',
  'elementId',
  'formId',
  'by',
  'assignee',
  'priority',
  'eligibility',
  'roles',
  'department',
  'credentials',
  'onDuty',
  'notActorOf',
  // changes of running cases
  'operations',
  'fromHash',
  'version',
  'elements',
  'from',
  'to',
  'batch',
  'releasedBy',
  'actors',
  'persons',
  'change',
  'wait',
  // waits and work
  'command',
  'subscription',
  'subscriptionId',
  'messageName',
  'messageId',
  'job',
  'jobId',
  'jobType',
  'retries',
  'incident',
  'incidentId',
  'decisionId',
  'trace',
  'ruleIds',
  'flows',
  'resetting',
  'timerId',
  // repetition and compensation
  'repeat',
  'total',
  'started',
  'completed',
  'terminated',
  'compensations',
  'compensates',
  'record',
  'records',
  'handler',
  'eventScope',
  'pending',
]);

/** Fields that hold values by name: each is sealed by itself, so one can be redacted without the others. */
const VALUES_BY_NAME: ReadonlySet<string> = new Set(['variables', 'output', 'payload', 'input']);

/** A value taken out, with its JSON pointer. */
export type TakenValue = { readonly path: string; readonly value: Json };

/** A name as one step of a JSON pointer (RFC 6901). */
export function pointerStep(name: string | number): string {
  const text = String(name);
  return /[~/]/.test(text) ? `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${text}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether the value is an object. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Takes every value out of an event (or part of one): what is left may be read by anybody. */
export function takeValuesOut(value: Json, path: string, taken: TakenValue[]): Json {
  if (isList(value)) return value.map((item, index) => takeValuesOut(item, `${path}${pointerStep(index)}`, taken));
  if (!isObject(value)) return value;
  const clear: Record<string, Json> = {};
  for (const [name, entry] of Object.entries(value)) {
    // An absent optional field may be present as undefined; JSON has no such thing.
    if (entry === undefined) continue;
    if (!CLEAR_FIELDS.has(name)) hide(name, entry, `${path}${pointerStep(name)}`, clear, taken);
    else clear[name] = typeof entry === 'object' ? takeValuesOut(entry, `${path}${pointerStep(name)}`, taken) : entry;
  }
  return clear;
}

function hide(name: string, entry: Json, place: string, clear: Record<string, Json>, taken: TakenValue[]): void {
  if (VALUES_BY_NAME.has(name) && isObject(entry)) clear[name] = takeEach(entry, place, taken);
  else taken.push({ path: place, value: entry });
}

function takeEach(values: JsonObject, path: string, taken: TakenValue[]): Json {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) taken.push({ path: `${path}${pointerStep(name)}`, value });
  }
  return {};
}

function nameOf(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function memberOf(place: unknown, name: string): unknown {
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
  return Reflect.get(place, name);
}

/** Puts a value back at its pointer into a structure of one's own. Returns whether there was a place for it. */
export function putValueBack(root: object, { path, value }: TakenValue): boolean {
  const names = path.split('/').slice(1).map(nameOf);
  const last = names.pop();
  const place = names.reduce<unknown>(memberOf, root);
  if (last === undefined || typeof place !== 'object' || place === null) return false;
  // Defined, not set: a value may be named like a member of every object.
  return Reflect.defineProperty(place, last, { value, enumerable: true, writable: true, configurable: true });
}

/** What stands at a JSON pointer; undefined where nothing does. */
export function valueAt(root: unknown, path: string): unknown {
  return path.split('/').slice(1).map(nameOf).reduce(memberOf, root);
}
