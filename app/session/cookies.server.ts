import { createCookie } from '@remix-run/node';

const anHour = 60 * 60;

/**
 * The cookies of one browser. Over https they carry the `__Host-` prefix, so no other host or path can set them.
 * @param secure whether the browser came by https
 */
export function cookiesFor(secure: boolean) {
  const prefix = secure ? '__Host-' : '';
  const base = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    /** Secret of the session after login. It ends with the browser; the server ends it earlier. */
    session: createCookie(`${prefix}meridian_session`, base),
    /** Secret of a browser that is not signed in; the login page's token derives from it. */
    visitor: createCookie(`${prefix}meridian_visitor`, { ...base, maxAge: 24 * anHour }),
    language: createCookie(`${prefix}meridian_language`, { ...base, maxAge: 365 * 24 * anHour }),
  };
}
