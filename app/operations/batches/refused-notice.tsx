import { useTranslation } from 'react-i18next';

/** Why a batch was not begun, released or stopped: a text of the `batches` catalogue and what stands in it. */
export type Refused = { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

/** Says so where something was refused, and nothing otherwise. */
export function RefusedNotice({ refused }: { readonly refused: Refused | undefined }) {
  const { t } = useTranslation('batches');
  if (!refused) return null;
  return (
    <p className="notice danger" role="alert">
      {t(refused.code, refused.params)}
    </p>
  );
}
