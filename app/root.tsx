import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react';
import antdStyles from 'antd/dist/antd.css?url';
import { type ReactNode, useContext } from 'react';
import { LanguageProvider } from './i18n/language-provider.tsx';
import { PackContext } from './i18n/pack-context.ts';
import { NonceContext } from './security/nonce-context.ts';
import shellStyles from './styles/shell.css?url';
import { AnswerNamesContext } from './ui/answer-names.ts';
import { unlessNoAnswer } from './ui/connection.ts';
import { ErrorPage } from './ui/error-page.tsx';
import { Providers } from './ui/providers.tsx';
import { Shell } from './ui/shell.tsx';
import { themeStyleSheet } from './ui/theme-style-sheet.ts';

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'stylesheet', href: antdStyles },
  { rel: 'stylesheet', href: themeStyleSheet },
  { rel: 'stylesheet', href: shellStyles },
];

export const shouldRevalidate = unlessNoAnswer;

export const meta: MetaFunction = () => [{ title: 'Meridian' }];

/** What every page needs: language, token, who is signed in. */
export function loader({ context }: LoaderFunctionArgs) {
  const { services, person } = context;
  return {
    language: context.language,
    csrfToken: context.csrfToken,
    demo: services.demo,
    hospitalName: services.hospitalName,
    names: services.names,
    now: services.clock.now(),
    person: person && {
      id: person.id,
      name: person.name,
      roles: person.roles,
      department: person.department,
      onDuty: person.onDuty,
    },
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext);
  const pack = useContext(PackContext);
  const names = useContext(AnswerNamesContext)();
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang={data?.language ?? pack?.language ?? 'zh-CN'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {names.request && <meta name="request-id" content={names.request} />}
        {names.trace && <meta name="trace-id" content={names.trace} />}
        <Meta />
        <Links />
      </head>
      <body>
        <LanguageProvider language={data?.language ?? pack?.language ?? 'zh-CN'}>
          {(shown) => <Providers locale={shown.antd}>{children}</Providers>}
        </LanguageProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  return (
    <Shell>
      <ErrorPage />
    </Shell>
  );
}
