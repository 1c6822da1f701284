import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import type { LanguagePack } from '../i18n/language-pack.ts';
import { theme } from './theme.ts';

/** The component library's settings for everything below. */
export function Providers({ locale, children }: { locale: LanguagePack['antd']; children: ReactNode }) {
  return (
    <ConfigProvider
      locale={locale}
      theme={theme}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App className="app-root">{children}</App>
    </ConfigProvider>
  );
}
