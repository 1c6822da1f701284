import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Link, useActionData, useNavigation } from '@remix-run/react';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CreatedDraft, createDraft } from '../flows/create-draft.server.ts';
import { FindingsList } from '../flows/findings-list.tsx';
import flowStyles from '../flows/flows.css?url';
import { requireEditor } from '../flows/require-editor.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { PostForm } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: flowStyles }];

export function loader({ context }: LoaderFunctionArgs) {
  requireEditor(context);
  return { title: translate(context.language)('flows:create.title') };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requireEditor(context);
  const form = await request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const file = form.get('file');
  const created = await createDraft(context, person, {
    key: text('key'),
    title: { 'zh-CN': text('titleZh'), en: text('titleEn') },
    // A page sends a file without name and content when none was chosen.
    file: file instanceof File && (file.size > 0 || file.name !== '') ? file : undefined,
  });
  if ('refusal' in created) return data(created, { status: 422 });
  if (created.translations.total > 0) return data(created);
  throw redirect(`/flows/${created.key}/edit`);
}

export default function NewFlow() {
  const { t } = useTranslation('flows');
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state === 'submitting';
  if (answer && 'translations' in answer) return <Imported draft={answer} />;
  return (
    <section className="narrow-page" aria-labelledby="new-flow">
      <h1 id="new-flow">{t('create.title')}</h1>
      {answer ? (
        <Alert type="error" showIcon role="alert" title={t(`create.${answer.refusal}`, answer.params)} />
      ) : null}
      <PostForm encType="multipart/form-data" className="plain-form">
        <label htmlFor="key">{t('create.key')}</label>
        <input
          id="key"
          name="key"
          className="plain-input"
          required
          maxLength={63}
          autoComplete="off"
          aria-describedby="key-hint"
        />
        <p id="key-hint" className="muted">
          {t('create.keyHint')}
        </p>
        <label htmlFor="titleZh">{t('create.titleZh')}</label>
        <input id="titleZh" name="titleZh" className="plain-input" required maxLength={80} />
        <label htmlFor="titleEn">{t('create.titleEn')}</label>
        <input id="titleEn" name="titleEn" className="plain-input" required maxLength={80} />
        <label htmlFor="file">{t('create.file')}</label>
        <input id="file" name="file" type="file" accept=".bpmn,.xml" />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('create.create')}
        </Button>
      </PostForm>
    </section>
  );
}

/** What became of the words of other engines in the file, before anybody draws on. */
function Imported({ draft }: { readonly draft: CreatedDraft }) {
  const { t } = useTranslation('flows');
  return (
    <section className="narrow-page" aria-labelledby="imported">
      <h1 id="imported">{t('create.imported', { key: draft.key })}</h1>
      <p>{t('create.importedHint')}</p>
      <FindingsList shown={draft.translations} />
      <Link to={`/flows/${draft.key}/edit`}>{t('create.openEditor')}</Link>
    </section>
  );
}
