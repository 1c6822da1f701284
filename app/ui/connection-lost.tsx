import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isConnectionLost, watchConnection } from './connection.ts';
import { retryDelay, serverAnswers } from './live-stream.ts';

/** A line under the header while the server cannot be reached. The page stays as it is. */
export function ConnectionNotice() {
  const { t } = useTranslation('errors');
  const lost = useSyncExternalStore(watchConnection, isConnectionLost, () => false);
  return (
    <div role="status" className="connection-notice">
      {lost && (
        <p className="notice warning">
          {t('connection.lost')} {t('connection.kept')}
        </p>
      )}
    </div>
  );
}

/**
 * In place of a page whose command had no answer: asks again until the server answers, then shows how things stand. `code` is the key of what the
 * server said, where it was reached but could do nothing.
 */
export function ConnectionLost({ code }: { code: string | undefined }) {
  const { t } = useTranslation('errors');
  const { revalidate } = useRevalidator();
  const again = useRef(revalidate);
  again.current = revalidate;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const look = async (failures: number) => {
      if (await serverAnswers()) again.current();
      if (!ended) timer = setTimeout(() => void look(failures + 1), retryDelay(failures));
    };
    timer = setTimeout(() => void look(1), retryDelay(1));
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  return (
    <section className="error-page" aria-labelledby="error-title">
      <h1 id="error-title">{t(code ? 'title.503' : 'connection.title')}</h1>
      <p role="status">{code ? t(code) : `${t('connection.lost')} ${t('connection.check')}`}</p>
    </section>
  );
}
