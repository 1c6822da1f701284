import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { PostForm } from './post-form.tsx';
import { useDepartmentName, useRoleNames } from './role-names.ts';

/** Who is signed in as what, and the way out. */
export function UserMenu({
  person,
}: {
  person: { name: string; id: string; roles: readonly string[]; department: string; onDuty: boolean };
}) {
  const { t } = useTranslation('shell');
  const roleNames = useRoleNames();
  const departmentName = useDepartmentName();
  const card = (
    <div className="user-card">
      <strong>{person.name}</strong> <code>{person.id}</code>
      <div>{departmentName(person.department)}</div>
      <div>{roleNames(person.roles).join(t('listComma'))}</div>
      <div className={person.onDuty ? 'duty on' : 'duty off'}>{t(person.onDuty ? 'user.onDuty' : 'user.offDuty')}</div>
      <PostForm action="/logout">
        <Button htmlType="submit" block>
          {t('user.logOut')}
        </Button>
      </PostForm>
    </div>
  );
  return (
    <Popover content={card} trigger="click" placement="bottomRight" arrow={false}>
      <button type="button" className="quiet-button user-button" aria-haspopup="dialog">
        {person.name} <span className="user-department">{departmentName(person.department)}</span>
      </button>
    </Popover>
  );
}
