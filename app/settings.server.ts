import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { KeptLonger } from '../db/archive/retention.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { defaultChangePolicy } from '../engine/index.ts';
import { demoHospital } from './hospital/departments.ts';
import { readKeptYears } from './kept-years.ts';
import type { Named } from './server/services.ts';

/** Everything that can be set from outside, parsed once at the start. */
export type Settings = {
  /** TCP port; `mayMove` when it was not asked for by name, so the next free one will do. */
  readonly port: { readonly number: number; readonly mayMove: boolean };
  /** Address to listen on. */
  readonly host: string;
  readonly dataDir: string;
  /** The embedded PostgreSQL in the data folder, or a server named by `DATABASE_URL`. */
  readonly database: { readonly kind: 'embedded' } | { readonly kind: 'external'; readonly url: string };
  /** Whether demo data, demo accounts and simulators exist. */
  readonly demo: boolean;
  /** What the hospital is called on screens and papers. */
  readonly hospitalName: Named;
  /** Number of reverse proxies in front whose forwarding headers are believed. */
  readonly trustedProxies: number;
  readonly production: boolean;
  /** What a reader of `/metrics` has to send; without it only programs on this machine may read. */
  readonly metricsToken: string | undefined;
  /** Base address of the OTLP receiver traces are sent to; none are made without it. */
  readonly tracesTo: string | undefined;
  /** Cases or incidents one batch may take in that a person chose. */
  readonly batchLimit: number;
  /** A batch over more running cases than this is released by a second person. */
  readonly secondPersonAbove: number;
  /** Milliseconds an outside system may be silent; undefined: as the engine has it. */
  readonly deliveryTimeoutMs: number | undefined;
  /** Months an ended case stays in the database before it is archived. */
  readonly archiveAfterMonths: number;
  /** Years records are kept where the hospital wants longer than the law. */
  readonly keptLonger: KeptLonger;
};

/** A setting that cannot be used. `message` names it and says what was expected. */
export class SettingsError extends CannotStart {
  override readonly name = 'SettingsError';
}

const defaultPort = 3000;
const defaultArchiveAfterMonths = 24;

const emptyIsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsUnset, schema.optional());

const environment = z.object({
  PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'a whole number from 1 to 65535')
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65535, 'a whole number from 1 to 65535'),
  ),
  HOST: optional(z.string().regex(/^[A-Za-z0-9.:-]+$/, 'a host name or an IP address')),
  DATA_DIR: optional(z.string().refine((path) => !path.includes('\0'), 'the path of a folder')),
  DATABASE_URL: optional(
    z.string().refine(isPostgresUrl, 'a URL that starts with postgres:// or postgresql:// and names a host'),
  ),
  DEMO: optional(z.enum(['demo', 'off', 'on-external-database'], 'demo, off or on-external-database')),
  HOSPITAL_NAME: optional(z.string().max(60, 'at most 60 characters')),
  HOSPITAL_NAME_EN: optional(z.string().max(60, 'at most 60 characters')),
  TRUSTED_PROXIES: optional(z.string().regex(/^\d$/, 'a whole number from 0 to 9').transform(Number)),
  SECOND_PERSON_ABOVE: optional(
    z
      .string()
      .regex(/^\d{1,6}$/, 'a whole number from 0 to 999999')
      .transform(Number),
  ),
  DELIVERY_TIMEOUT: optional(
    z
      .string()
      .regex(/^\d{1,3}$/, 'a number of seconds from 1 to 300')
      .transform(Number)
      .refine((seconds) => seconds >= 1 && seconds <= 300, 'a number of seconds from 1 to 300'),
  ),
  BATCH_LIMIT: optional(
    z
      .string()
      .regex(/^[1-9]\d{0,4}$/, 'a whole number from 1 to 99999')
      .transform(Number),
  ),
  ARCHIVE_AFTER_MONTHS: optional(
    z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'a number of months from 1 to 999')
      .transform(Number),
  ),
  KEEP_YEARS: optional(z.string().transform(readKeptYears)),
  METRICS_TOKEN: optional(z.string().regex(/^[\x21-\x7e]{16,200}$/, '16 to 200 visible characters without spaces')),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.string().refine(isHttpUrl, 'a URL that starts with http:// or https://')),
  NODE_ENV: optional(z.enum(['production', 'development', 'test'], 'production, development or test')),
});

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'postgres:' || url.protocol === 'postgresql:') && url.hostname !== '';
}

/** Secrets may stand in these; their values are never repeated in a message. */
const secretSettings = new Set(['DATABASE_URL', 'METRICS_TOKEN', 'OTEL_EXPORTER_OTLP_ENDPOINT']);

function describe(issue: z.core.$ZodIssue, env: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  const got = secretSettings.has(name) ? 'something else (not shown, it may hold a password)' : `"${env[name]}"`;
  return `Expected setting ${name} to be ${issue.message}, but it is ${got}.`;
}

/**
 * Reads the settings from environment variables.
 * @throws {SettingsError} when one is wrong; the message names every wrong one.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => describe(issue, env)).join('\n'));
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, DEMO, TRUSTED_PROXIES, SECOND_PERSON_ABOVE, NODE_ENV } = parsed.data;
  const { DELIVERY_TIMEOUT } = parsed.data;
  const demo = demoMode(DEMO, DATABASE_URL !== undefined);
  return {
    hospitalName: nameOfHospital(parsed.data, demo),
    port: { number: PORT ?? defaultPort, mayMove: PORT === undefined },
    host: HOST ?? '127.0.0.1',
    dataDir: resolve((DATA_DIR ?? 'data').replace(/^~(?=$|\/)/, homedir())),
    database: DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'external', url: DATABASE_URL },
    demo,
    trustedProxies: TRUSTED_PROXIES ?? 0,
    production: NODE_ENV !== 'development',
    metricsToken: parsed.data.METRICS_TOKEN,
    tracesTo: parsed.data.OTEL_EXPORTER_OTLP_ENDPOINT,
    batchLimit: parsed.data.BATCH_LIMIT ?? defaultChangePolicy.mostChosen,
    secondPersonAbove: SECOND_PERSON_ABOVE ?? defaultChangePolicy.secondPersonAbove,
    archiveAfterMonths: parsed.data.ARCHIVE_AFTER_MONTHS ?? defaultArchiveAfterMonths,
    keptLonger: parsed.data.KEEP_YEARS ?? {},
    deliveryTimeoutMs: DELIVERY_TIMEOUT === undefined ? undefined : DELIVERY_TIMEOUT * 1_000,
  };
}

function nameOfHospital(
  { HOSPITAL_NAME: chinese, HOSPITAL_NAME_EN: english }: { HOSPITAL_NAME?: string; HOSPITAL_NAME_EN?: string },
  demo: boolean,
): Named {
  if (chinese === undefined && english === undefined && demo)
    return { 'zh-CN': demoHospital.name, en: demoHospital.nameEn };
  return { 'zh-CN': chinese ?? english ?? '医院', en: english ?? chinese ?? 'Hospital' };
}

function demoMode(demo: 'demo' | 'off' | 'on-external-database' | undefined, external: boolean): boolean {
  if (demo === 'demo' && external) {
    throw new SettingsError(
      'Expected setting DEMO to be off or on-external-database when DATABASE_URL is set, but it is "demo". ' +
        'Demo mode writes invented patients, accounts with a known password and simulators into the database; ' +
        'if that is what you want there, say DEMO=on-external-database.',
    );
  }
  if (demo === 'on-external-database' && !external) {
    throw new SettingsError(
      'Expected setting DATABASE_URL to be set when DEMO is "on-external-database", but it is missing. ' +
        'The embedded database runs the demonstration with DEMO=demo, which is the default.',
    );
  }
  return demo === undefined ? !external : demo !== 'off';
}
