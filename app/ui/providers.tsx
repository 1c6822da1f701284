import { StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import type { LanguagePack } from '../i18n/language-pack.ts';
import { theme } from './theme.ts';

/**
 * Where the component library puts what its static style sheet lacks. Looked for at each use, there would be none at the
 * moment the whole page is replaced by an error page, and the page would fail without end.
 */
const styles = typeof document === 'undefined' ? undefined : document.head;

/** The component library's settings for everything below. */
export function Providers({ locale, children }: { locale: LanguagePack['antd']; children: ReactNode }) {
  return (
    <StyleProvider container={styles}>
      <ConfigProvider
        locale={locale}
        theme={theme}
        componentSize="middle"
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
      >
        <App className="app-root">{children}</App>
      </ConfigProvider>
    </StyleProvider>
  );
}
