import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { parseLanguage } from '../i18n/language.ts';
import { problem } from '../problem.ts';
import { ownPath } from '../security/own-path.ts';
import { cookiesFor } from '../session/cookies.server.ts';

/** Keeps the chosen language in the browser and with the account; leads back when the form says where it was sent from. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const language = parseLanguage(form.get('language'));
  if (!language) throw problem({ status: 422 });
  const { person, services } = context;
  if (person) await services.sessions.chooseLanguage({ tenantId: services.tenantId, personId: person.id, language });
  const cookie = await cookiesFor(context.secure).language.serialize(language);
  const headers = { 'Set-Cookie': cookie };
  return form.has('back') ? redirect(ownPath(form.get('back')), { headers }) : data(null, { headers });
}

export function loader() {
  return redirect('/');
}
