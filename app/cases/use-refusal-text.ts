import { useTranslation } from 'react-i18next';
import { useDepartmentName, useRoleNames } from '../ui/role-names.ts';
import type { CaseRefusal } from './answer-command.server.ts';

/** Says a refusal in words, with the names of roles and departments. */
export function useRefusalText(): (refusal: CaseRefusal) => string {
  const { t } = useTranslation('cases');
  const roleNames = useRoleNames();
  const departmentName = useDepartmentName();
  return ({ code, params }) => {
    const { roles, department } = params;
    return t(code, {
      ...params,
      ...(typeof roles === 'string' ? { roles: roleNames(roles.split(', ')).join(t('shell:listComma')) } : {}),
      ...(typeof department === 'string' ? { department: departmentName(department) } : {}),
    });
  };
}
