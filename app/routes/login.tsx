import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { Alert, Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/translate.server.ts';
import { ownPath } from '../security/own-path.ts';
import { cookiesFor } from '../session/cookies.server.ts';
import { DemoAccounts } from '../ui/demo-accounts.tsx';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { PostForm } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

const demoPassword = 'meridian-demo';

export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.person) throw redirect(ownPath(new URL(request.url).searchParams.get('next')));
  const { demo, demoAccounts } = context.services;
  const title = translate(context.language)('login:title');
  return { title, accounts: demo ? demoAccounts : [], demoPassword: demo ? demoPassword : undefined };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const loginName = form.get('loginName');
  const password = form.get('password');
  if (typeof loginName !== 'string' || typeof password !== 'string' || !loginName.trim() || !password) {
    return data({ code: 'empty', minutes: 0 }, { status: 422 });
  }
  const { services, from } = context;
  const answer = await services.sessions.logIn({ tenantId: services.tenantId, loginName, password, from });
  if ('code' in answer) {
    const limited = answer.code === 'too-many-attempts';
    const minutes = limited ? Math.ceil(answer.retryAfterSeconds / 60) : 0;
    return data({ code: answer.code, minutes }, { status: limited ? 429 : 401 });
  }
  // A session this browser still had ends here, so a login never leaves two.
  if (context.person) await services.sessions.logOut({ tenantId: services.tenantId, secret: context.cookieSecret });
  const cookies = cookiesFor(context.secure);
  const headers = new Headers();
  headers.append('Set-Cookie', await cookies.session.serialize(answer.secret));
  headers.append('Set-Cookie', await cookies.visitor.serialize('', { maxAge: 0 }));
  throw redirect(ownPath(new URL(request.url).searchParams.get('next')), { headers });
}

export default function Login() {
  const { accounts, demoPassword: demoSecret } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { t } = useTranslation('login');
  const busy = useNavigation().formAction?.startsWith('/login') ?? false;
  const [query] = useSearchParams();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const fill = (id: string) => {
    if (name.current) name.current.value = id;
    if (password.current) password.current.value = demoSecret ?? '';
    submit.current?.focus();
  };
  return (
    <div className="login">
      <section className="login-card" aria-labelledby="login-heading">
        <h1 id="login-heading">{t('heading')}</h1>
        <p className="muted">{t('intro')}</p>
        {refused && <Alert type="error" showIcon role="alert" title={t(refused.code, { minutes: refused.minutes })} />}
        <PostForm action={query.size ? `/login?${query}` : '/login'} className="login-form">
          <label htmlFor="loginName">{t('loginName')}</label>
          <input ref={name} id="loginName" name="loginName" autoComplete="username" className="plain-input" required />
          <label htmlFor="password">{t('password')}</label>
          <input
            ref={password}
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            className="plain-input"
            required
          />
          <Button ref={submit} type="primary" htmlType="submit" size="large" block loading={busy}>
            {t('submit')}
          </Button>
        </PostForm>
      </section>
      {accounts.length > 0 && <DemoAccounts accounts={accounts} password={demoSecret ?? ''} onPick={fill} />}
    </div>
  );
}
