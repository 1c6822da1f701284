import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstantExactly } from '../i18n/format.ts';
import { translate } from '../i18n/translate.server.ts';
import { problem } from '../problem.ts';
import { requireArea } from '../security/require.server.ts';
import { optionalText } from '../server/form-fields.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { PostForm } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

const lengths = ['PT30M', 'PT2H', 'PT24H', 'PT72H', 'P7D'] as const;
const rosters = ['day', 'night', 'clock'] as const;

export function loader({ context }: LoaderFunctionArgs) {
  requireArea(context, 'demo');
  const { demoControls, clock } = context.services;
  if (!demoControls) throw problem({ status: 404 });
  return {
    title: translate(context.language)('demo:title'),
    now: clock.now(),
    roster: demoControls.roster(),
  };
}

/** Moves the demo clock or changes who is on duty. There is no such page outside the demonstration. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireArea(context, 'demo');
  const { demoControls } = context.services;
  if (!demoControls) throw problem({ status: 404 });
  const form = await request.formData();
  const roster = rosters.find((one) => one === form.get('roster'));
  if (roster) {
    await demoControls.setRoster(roster);
    return { done: undefined };
  }
  const moved = await demoControls.advance(optionalText(form, 'duration', 40) ?? '');
  if (moved === 'not-a-duration') return data({ done: undefined, invalid: true }, { status: 422 });
  return { done: moved.done };
}

export default function Demo() {
  const { now, roster } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const { t } = useTranslation('demo');
  return (
    <div className="demo-page">
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <span className="muted">{t('intro')}</span>
      </div>
      <section className="panel" aria-labelledby="clock-title">
        <h2 id="clock-title">{t('clock.title')}</h2>
        <p>
          {t('clock.now')} <strong className="demo-now">{formatInstantExactly(now)}</strong>
        </p>
        <div role="status">
          {acted?.done !== undefined && <p className="notice good">{t('clock.moved', { done: acted.done })}</p>}
          {acted && 'invalid' in acted && <p className="notice danger">{t('clock.invalid')}</p>}
        </div>
        <PostForm className="demo-buttons">
          <span>{t('clock.advance')}</span>
          {lengths.map((length) => (
            <Button key={length} htmlType="submit" name="duration" value={length}>
              {t(length)}
            </Button>
          ))}
        </PostForm>
        <PostForm className="demo-buttons">
          <label htmlFor="duration">{t('clock.custom')}</label>
          <input id="duration" name="duration" className="plain-input short" required />
          <Button htmlType="submit">{t('clock.advance')}</Button>
        </PostForm>
      </section>
      <section className="panel" aria-labelledby="roster-title">
        <h2 id="roster-title">{t('roster.title')}</h2>
        <PostForm className="demo-buttons" key={roster}>
          <fieldset className="choices" aria-labelledby="roster-title">
            {rosters.map((one) => (
              <label key={one} className="choice">
                <input type="radio" name="roster" value={one} defaultChecked={one === roster} />
                {t(`roster.${one}`)}
              </label>
            ))}
          </fieldset>
          <Button htmlType="submit">{t('roster.save')}</Button>
        </PostForm>
      </section>
      <section className="panel" aria-labelledby="simulators-title">
        <h2 id="simulators-title">{t('simulators.title')}</h2>
        <p>{t('simulators.text')}</p>
        <Link to="/simulators">{t('simulators.open')}</Link>
      </section>
    </div>
  );
}
