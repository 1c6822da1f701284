import { useTranslation } from 'react-i18next';
import type { DemoAccount } from '../server/services.ts';
import { useDepartmentName, useLanguage, useRoleNames } from './role-names.ts';

/** The demo hospital's people by department; picking one fills the form. */
export function DemoAccounts(props: {
  accounts: readonly DemoAccount[];
  password: string;
  onPick: (id: string) => void;
}) {
  const { t } = useTranslation('login');
  const departmentName = useDepartmentName();
  const roleNames = useRoleNames();
  const language = useLanguage();
  const departments = [...new Set(props.accounts.map((account) => account.department))];
  return (
    <section className="demo-accounts" aria-labelledby="demo-accounts-heading">
      <h2 id="demo-accounts-heading">{t('demo.heading')}</h2>
      <p className="muted">
        {t('demo.text')} <code>{props.password}</code>
        {language === 'en' ? '. ' : '。'}
        {t('demo.pick')}
      </p>
      <div className="demo-departments">
        {departments.map((department) => (
          <div key={department} className="demo-department">
            <h3>{departmentName(department)}</h3>
            <ul>
              {props.accounts
                .filter((account) => account.department === department)
                .map((account) => (
                  <li key={account.id}>
                    <button type="button" onClick={() => props.onPick(account.id)} data-account={account.id}>
                      <span className="demo-name">{language === 'en' ? account.nameEn : account.name}</span>
                      <span className="demo-roles">{roleNames(account.roles).join(t('shell:listComma'))}</span>
                    </button>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
