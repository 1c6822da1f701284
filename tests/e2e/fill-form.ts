import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { sameJson } from '../../app/form/match-schema.ts';
import { allProperties } from '../../app/form/prepare-ui.ts';
import type { Json, JsonObject } from '../../engine/index.ts';
import { isList, isObject } from '../scenarios/scenario-values.ts';

type Schema = Readonly<Record<string, unknown>>;

const asSchema = z.record(z.string(), z.unknown()).catch({});
const choicesOfSchema = z.array(z.looseObject({ const: z.json() })).catch([]);
const enumOfSchema = z.array(z.json()).catch([]);
const lookupAnswer = z.object({ items: z.array(z.object({ value: z.string() })) });
const patience = 5_000;

/**
 * Fills a form as a person does, from its data: the schema says what the fields are called, the page what they are.
 * What the form already shows is left as it is; read-only fields are passed over.
 */
export async function fillForm(page: Page, schema: Schema, data: JsonObject, shown: JsonObject): Promise<void> {
  await page.locator('.schema-form form').waitFor();
  await fillObject(page, 'root', schema, data, shown);
}

/** Ids of fields follow the data: `root_order_dose`, `root_lines_0_qty`. */
async function fillObject(page: Page, id: string, schema: Schema, data: JsonObject, shown: JsonObject): Promise<void> {
  const fields = allProperties(schema);
  const unknown = Object.keys(data).filter((name) => !fields.has(name));
  if (unknown.length > 0) throw new Error(`Expected the form to have ${unknown.join(', ')} at ${id}, but it has not`);
  for (const [name, field] of fields) {
    const wanted = data[name];
    if (wanted === undefined || field.readOnly === true || sameJson(wanted, shown[name])) continue;
    await fillField(page, `${id}_${name}`, field, wanted, shown[name]);
  }
}

async function fillField(page: Page, id: string, schema: Schema, wanted: Json, shown: Json | undefined): Promise<void> {
  const field = page.locator(`[id="${id}"]`);
  await field.waitFor({ timeout: patience }).catch(() => {
    throw new Error(`Expected a field ${id} to appear, but it did not`);
  });
  const kind = await kindOf(field);
  if (kind === 'shown') return;
  if (kind === 'ticks' && isObject(wanted)) return tick(page, id, wanted);
  if (kind === 'object' && isObject(wanted)) {
    return fillObject(page, id, schema, wanted, isObject(shown) ? shown : {});
  }
  if (kind === 'list' && isList(wanted)) return fillList(page, id, schema, wanted, shown);
  if (kind === 'scan-list' && isList(wanted)) return scanAll(field, wanted);
  if (kind === 'checklist' && isList(wanted)) return tickChoices(page, id, schema, wanted);
  await fillPlain(page, field, kind, schema, wanted);
}

async function fillPlain(page: Page, field: Locator, kind: string, schema: Schema, wanted: Json): Promise<void> {
  if (kind === 'radio') await field.locator(`input[value="${String(wanted)}"]`).check();
  else if (kind === 'select')
    await field.selectOption(String(choicesOf(schema).findIndex((one) => sameJson(one, wanted))));
  else if (kind === 'box') await field.setChecked(wanted === true);
  else if (kind === 'signature') await field.click();
  else if (kind === 'lookup') await lookUp(page, field, String(wanted));
  else if (kind === 'picker') await pickTime(page, field, String(wanted), schema.format);
  else if (kind === 'money') await field.fill(yuanOf(Number(wanted)));
  else await field.fill(String(wanted));
}

/** What a field is, by what stands in the page. */
function kindOf(field: Locator): Promise<string> {
  return field.evaluate((element) => {
    if (element.matches('output, section.shown-only')) return 'shown';
    if (element.matches('fieldset.choices')) return 'checklist';
    if (element.matches('fieldset.list')) return 'list';
    if (element.matches('fieldset')) return element.querySelector(':scope > .ticks') ? 'ticks' : 'object';
    if (element.matches('[role=radiogroup]')) return 'radio';
    if (element.matches('select')) return 'select';
    if (element.matches('button.sign-button')) return 'signature';
    if (element.matches('input[type=checkbox]')) return 'box';
    if (element.closest('.scan-list')) return 'scan-list';
    if (element.closest('.lookup-input')) return 'lookup';
    if (element.closest('.date-input')) return 'picker';
    if (element.closest('.affixed-input')) return 'money';
    return 'text';
  });
}

async function tick(page: Page, id: string, wanted: JsonObject): Promise<void> {
  for (const [name, value] of Object.entries(wanted))
    await page.locator(`[id="${id}_${name}"]`).setChecked(value === true);
}

function choicesOf(schema: Schema): readonly Json[] {
  const named = choicesOfSchema.parse(schema.oneOf).map((one) => one.const);
  return named.length > 0 ? named : enumOfSchema.parse(schema.enum);
}

async function tickChoices(page: Page, id: string, schema: Schema, wanted: readonly Json[]): Promise<void> {
  const choices = choicesOf(asSchema.parse(schema.items));
  for (const [index, choice] of choices.entries()) {
    await page.locator(`[id="${id}-${index}"]`).setChecked(wanted.some((one) => sameJson(one, choice)));
  }
}

async function scanAll(field: Locator, codes: readonly Json[]): Promise<void> {
  for (const code of codes) {
    await field.fill(String(code));
    await field.press('Enter');
  }
}

/**
 * Fills a list. Rows the form brings are known by what they show and nobody can change, such as the number of a charged line: the
 * others of them are left as they are. Rows without such a name are made as many as wanted and filled by position.
 */
async function fillList(
  page: Page,
  id: string,
  schema: Schema,
  wanted: readonly Json[],
  shown: Json | undefined,
): Promise<void> {
  const items = asSchema.parse(schema.items);
  const known: readonly Json[] = shown !== undefined && isList(shown) ? shown : [];
  const named = wanted.map((item) => nameOf(item, items));
  if (!named.every((name) => name !== undefined)) await haveRows(page.locator(`[id="${id}"]`), wanted.length);
  for (const [index, item] of wanted.entries()) {
    const place = named[index] === undefined ? index : rowNamed(named[index], known, id);
    const now = known[place];
    if (sameJson(item, now)) continue;
    // The row of a table is no field of its own; its cells are.
    if (isObject(item)) await fillObject(page, `${id}_${place}`, items, item, isObject(now) ? now : {});
    else await fillField(page, `${id}_${place}`, items, item, now);
  }
}

/** What of a row stands on the form already and tells it from the others. */
function nameOf(item: Json, items: Schema): JsonObject | undefined {
  if (!isObject(item)) return undefined;
  const fixed = [...allProperties(items)].filter(([name, field]) => field.readOnly === true && name in item);
  return fixed.length === 0 ? undefined : Object.fromEntries(fixed.map(([name]) => [name, item[name] ?? null]));
}

function rowNamed(name: JsonObject, rows: readonly Json[], id: string): number {
  const place = rows.findIndex(
    (row) => isObject(row) && Object.entries(name).every(([key, value]) => sameJson(row[key], value)),
  );
  if (place < 0) throw new Error(`Expected a row ${JSON.stringify(name)} at ${id}, but there is none`);
  return place;
}

async function haveRows(list: Locator, wanted: number): Promise<void> {
  const rows = list.locator(':scope > .list-item, :scope > .table-frame > table > tbody > tr');
  for (let count = await rows.count(); count < wanted; count += 1) {
    await list.locator(':scope > button.row-button').click();
    await rows.nth(count).waitFor({ timeout: patience });
  }
  for (let count = await rows.count(); count > wanted; count -= 1) {
    await rows.last().locator('button.icon-button').last().click();
    await rows.nth(count - 1).waitFor({ state: 'detached', timeout: patience });
  }
}

/** Types the code and chooses the entry that has exactly this code. */
async function lookUp(page: Page, field: Locator, code: string): Promise<void> {
  await field.click();
  const answer = page.waitForResponse((response) => {
    const url = new URL(response.url());
    return url.pathname.startsWith('/lookup/') && url.searchParams.get('q') === code && response.ok();
  });
  await field.fill(code);
  const { items } = lookupAnswer.parse(await (await answer).json());
  const place = items.findIndex((item) => item.value === code);
  if (place < 0) throw new Error(`Expected ${code} to be found in the list, but it is not`);
  const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  const options = open.locator('.ant-select-item-option');
  await options.nth(items.length - 1).waitFor({ timeout: patience });
  await options.nth(place).click();
  await open.waitFor({ state: 'hidden', timeout: patience });
}

/** Date pickers take what is typed, in the hospital's time. */
async function pickTime(page: Page, field: Locator, wanted: string, format: unknown): Promise<void> {
  await field.click();
  await field.fill(format === 'date-time' ? wallTime(wanted) : format === 'time' ? wanted.slice(0, 5) : wanted);
  await field.press('Enter');
  await field.press('Tab');
  await page
    .locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden)')
    .waitFor({ state: 'hidden', timeout: patience });
}

/** `2026-03-02 15:30` on the hospital's wall clock. */
export function wallTime(instant: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', ...parts });
}

function yuanOf(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
