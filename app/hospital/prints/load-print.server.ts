import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { problem } from '../../problem.ts';
import { readCaseId } from '../../security/read-address.server.ts';
import { recordRead } from '../../security/record-read.server.ts';
import { requireArea, requirePerson } from '../../security/require.server.ts';
import { caseDocument } from './case-documents.server.ts';
import { readCaseFacts } from './case-facts.server.ts';
import { type PrintDocument, printTemplates } from './print-document.ts';
import { saleDocument } from './sale-documents.server.ts';

/** Address of a paper: what it is, of what (`sale`, or a case's id), and which sale or task. */
export type PrintAddress = Readonly<Record<string, string | undefined>>;

const nothingThere = () => problem({ status: 404, code: 'print:nothing' });

async function fromSale(context: AppLoadContext, template: PrintDocument['template'], saleNo: string) {
  requireArea(context, 'cashier');
  const { hospital, clock } = context.services;
  const file = await hospital.sales.find(saleNo);
  return file && saleDocument(template, file, clock.now());
}

async function fromCase(context: AppLoadContext, template: PrintDocument['template'], caseId: string, taskId: string) {
  requireArea(context, 'cases');
  const { readModels, tenantId, hospital } = context.services;
  const found = await readModels.getCase({ tenantId, caseId });
  if (!found) throw problem({ status: 404, code: 'rejections:case-not-found' });
  const task = taskId === 'now' ? undefined : await readModels.getTask({ tenantId, caseId, taskId });
  return caseDocument(template, readCaseFacts(found.view.variables, task?.task.input ?? {}), hospital);
}

/**
 * The paper of an address, with who may see it checked and the look written down.
 * @throws a 404 answer when there is no such paper, a 403 answer for somebody who may not see it
 */
export async function loadPrint(context: AppLoadContext, params: PrintAddress): Promise<PrintDocument> {
  requirePerson(context);
  const template = printTemplates.find((one) => one === params.template);
  if (!template) throw nothingThere();
  const id = params.id ?? '';
  const document =
    params.of === 'sale'
      ? await fromSale(context, template, id)
      : await fromCase(context, template, readCaseId({ caseId: params.of }), id);
  if (!document) throw nothingThere();
  const patientId = document.patient?.patientId;
  await recordRead(context, { screen: `print-${template}`, patientIds: patientId ? [patientId] : [] });
  return document;
}

/** Names one press of the print button: pressed twice, it counts once. */
export function newPrintKey(): string {
  return randomUUID();
}
