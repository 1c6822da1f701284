import { useTranslation } from 'react-i18next';
import { useRootData } from './root-data.ts';

/** Names a list of role codes in the language shown; an unknown code stays as it is. */
export function useRoleNames(): (codes: readonly string[]) => readonly string[] {
  const names = useRootData()?.names.roles;
  const language = useLanguage();
  return (codes) => codes.map((code) => names?.[code]?.[language] ?? code);
}

/** Names a department code in the language shown. */
export function useDepartmentName(): (code: string) => string {
  const names = useRootData()?.names.departments;
  const language = useLanguage();
  return (code) => names?.[code]?.[language] ?? code;
}

/** The language shown now. */
export function useLanguage() {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}
