import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { ChangePreview, Person, Rejection } from '../../../engine/index.ts';
import { readPublishedDiagram } from '../../diagram/read-diagram.server.ts';
import { translate } from '../../i18n/translate.server.ts';
import { problem } from '../../problem.ts';
import { optionalText, requireText } from '../../server/form-fields.ts';
import { rejectionProblem, sentenceOf, statusOf } from '../../server/rejection-answer.ts';
import { readOperations } from './read-operations.ts';

const longestReason = 1000;

/**
 * What of a case can be changed, with its elements by name.
 * @throws a 403 answer for somebody who may not, 404 or 409 where there is nothing to change
 */
export async function loadChange(context: AppLoadContext, by: Person, caseId: string) {
  const { services, language } = context;
  const { tenantId, engine, readModels } = services;
  const changeable = await engine.changeable({ tenantId, by, caseId });
  if (!changeable.ok) throw refused(changeable.rejection);
  const found = await readModels.getCase({ tenantId, caseId });
  if (!found) throw problem({ status: 404, code: 'rejections:case-not-found' });
  const { elements } = await readPublishedDiagram(found.row.definitionHash, found.package.bpmn);
  const { version, open, scopes, places } = changeable.value;
  const name = (id: string) => elements.get(id)?.name[language] ?? id;
  return {
    ...{ title: translate(language)('batches:change.title'), caseId, version, open, scopes },
    flow: found.package.title,
    businessKey: found.row.businessKey,
    names: Object.fromEntries([...elements].map(([id, element]) => [id, element.name])),
    places: [...places].sort((a, b) => name(a.elementId).localeCompare(name(b.elementId), language)),
  };
}

function refused(rejection: Rejection): Response {
  if (rejection.code === 'not-eligible') return problem({ status: 403, code: 'batches:mayNot' });
  return rejectionProblem(rejection);
}

/** What the page says after a press: what would happen, or why it cannot. */
export type ChangeAnswer =
  | { readonly preview: ChangePreview; readonly chosen: Readonly<Record<string, string>> }
  | {
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
      readonly chosen: Readonly<Record<string, string>>;
    };

/** Shows what a change would do, or makes it. */
export async function changeCase(context: AppLoadContext, by: Person, caseId: string, form: FormData) {
  const { services } = context;
  const { tenantId, engine } = services;
  if (!engine.mayChangeCases(by)) throw problem({ status: 403, code: 'batches:mayNot' });
  const operations = readOperations(form);
  const chosen = chosenIn(form);
  if (form.get('intent') !== 'confirm') {
    const preview = await engine.previewModification({ tenantId, by, caseId, operations });
    return preview.ok ? data<ChangeAnswer>({ preview: preview.value, chosen }) : refuse(preview.rejection, chosen);
  }
  const reason = optionalText(form, 'reason', longestReason) ?? '';
  const key = requireText(form, 'key');
  const made = await engine.modifyCase({ tenantId, by, caseId, operations, reason, key });
  if (!made.ok) return refuse(made.rejection, chosen);
  services.changes.announce();
  return redirect(`/cases/${caseId}`);
}

function refuse(rejection: Rejection, chosen: Readonly<Record<string, string>>) {
  const answer: ChangeAnswer = { code: sentenceOf(rejection), params: rejection.params ?? {}, chosen };
  return data(answer, { status: statusOf(rejection) });
}

/** What was chosen, for the page to show it again. */
function chosenIn(form: FormData): Readonly<Record<string, string>> {
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
