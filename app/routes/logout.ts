import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { cookiesFor } from '../session/cookies.server.ts';

/** Ends the session on the server and in the browser. */
export async function action({ context }: ActionFunctionArgs) {
  const { services, cookieSecret } = context;
  await services.sessions.logOut({ tenantId: services.tenantId, secret: cookieSecret });
  const cookie = await cookiesFor(context.secure).session.serialize('', { maxAge: 0 });
  return redirect('/login', { headers: { 'Set-Cookie': cookie, 'Clear-Site-Data': '"cache"' } });
}

export function loader() {
  return redirect('/');
}
