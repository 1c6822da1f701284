import { z } from 'zod';
import { changeBook } from '../book-store.ts';
import { done, type SimulatedJob } from '../simulated-connector.ts';

/** Papers people expect. */
export const printTemplates = [
  'guide-slip',
  'exam-request',
  'charge-list',
  'receipt',
  'refund-request',
  'preparation',
  'bottle-label',
  'infusion-card',
] as const;

const printJob = z.object({ key: z.string(), copyNo: z.int(), printedAt: z.string(), by: z.string().nullable() });

const printSchema = z.object({ template: z.string(), ref: z.string(), jobs: z.array(printJob) });

/** What the label printer was sent, by `<template>/<ref>`. */
export const printBook = {
  name: 'label-printer',
  schema: printSchema,
  empty(key: string): z.infer<typeof printSchema> {
    const [template = '', ...ref] = key.split('/');
    return { template, ref: ref.join('/'), jobs: [] };
  },
};

/** A print job's number: the same paper again counts up. */
export function nextPrint(
  book: z.infer<typeof printSchema>,
  request: { readonly key: string; readonly at: string; readonly by: string | null },
) {
  const known = book.jobs.find(({ key }) => key === request.key);
  if (known) return { document: book, answer: known };
  const job = { key: request.key, copyNo: book.jobs.length + 1, printedAt: request.at, by: request.by };
  return { document: { ...book, jobs: [...book.jobs, job] }, answer: job };
}

const printInput = z.object({
  template: z.enum(printTemplates),
  ref: z.string().min(1),
  copies: z.int().positive().nullish(),
});

/** Sends a paper to the label printer. */
export const printJobConnector: SimulatedJob<z.infer<typeof printInput>> = {
  jobType: 'printer.print',
  delivery: 'idempotent',
  input: printInput,
  errors: ['printer-out-of-paper'],
  async perform({ template, ref }, { key, at }, context) {
    const bookKey = `${template}/${ref}`;
    const job = await changeBook(context.store, printBook, bookKey, (book) => nextPrint(book, { key, at, by: null }));
    return done({
      printJob: {
        printJobId: `${bookKey}/${job.copyNo}`,
        template,
        ref,
        copyNo: job.copyNo,
        reprint: job.copyNo > 1,
        printedAt: job.printedAt,
      },
    });
  },
};

const notifyInput = z.object({
  to: z.string().min(1),
  template: z.string().min(1),
  channel: z.enum(['app', 'sms', 'wechat', 'phone']).nullish(),
  params: z.record(z.string(), z.json()).nullish(),
});

const notificationSchema = z.object({
  key: z.string(),
  notificationId: z.string(),
  to: z.string(),
  template: z.string(),
  channel: z.string(),
  sentAt: z.string(),
});

/** Messages sent, by receiver. What they say stays with the case. */
export const notificationBook = {
  name: 'notifications',
  schema: z.array(notificationSchema),
  empty: (): z.infer<typeof notificationSchema>[] => [],
};

/** Sends a message to a person, a role or a patient. */
export const notifyJob: SimulatedJob<z.infer<typeof notifyInput>> = {
  jobType: 'notify.send',
  delivery: 'idempotent',
  input: notifyInput,
  errors: ['undeliverable'],
  async perform({ to, template, channel }, { key, at }, context) {
    const sent = await changeBook(context.store, notificationBook, to, (messages) => {
      const known = messages.find((message) => message.key === key);
      const notificationId = `N-${to}-${messages.length + 1}`;
      const message = known ?? { key, notificationId, to, template, channel: channel ?? 'app', sentAt: at };
      return { document: known ? messages : [...messages, message], answer: message };
    });
    return done({ notification: { notificationId: sent.notificationId, sentAt: sent.sentAt } });
  },
};
