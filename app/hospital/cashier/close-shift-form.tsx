import { useNavigation } from '@remix-run/react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../i18n/format.ts';
import { PostForm } from '../../ui/post-form.tsx';
import { countedCash, denominations } from '../till/shift.ts';

/** A note or coin as people say it: ¥100, ¥0.50. */
function faceValue(denomination: number): string {
  return denomination % 100 === 0 ? `¥${denomination / 100}` : formatMoney(denomination);
}

function readPieces(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

/** Counts the cash by denomination; a difference is shown at once and needs a note. */
export function CloseShiftForm({ expected, refused }: { readonly expected: number; readonly refused?: string }) {
  const { t } = useTranslation('cashier');
  const busy = useNavigation().state !== 'idle';
  const [pieces, setPieces] = useState<Readonly<Record<string, number>>>({});
  const counted = countedCash(pieces);
  const difference = counted - expected;
  return (
    <PostForm className="close-shift">
      <input type="hidden" name="intent" value="close" />
      <fieldset className="cash-count">
        <legend>{t('cashCount')}</legend>
        {denominations.map((denomination) => (
          <label key={denomination} htmlFor={`count-${denomination}`}>
            <span className="face-value">{faceValue(denomination)} ×</span>
            <input
              id={`count-${denomination}`}
              name={`count-${denomination}`}
              className="plain-input"
              inputMode="numeric"
              pattern="\d{0,4}"
              onChange={(event) => setPieces({ ...pieces, [denomination]: readPieces(event.target.value) })}
            />
          </label>
        ))}
      </fieldset>
      <dl className="till-sums" aria-live="polite">
        <dt>{t('expectedCash')}</dt>
        <dd>{formatMoney(expected)}</dd>
        <dt>{t('countedCash')}</dt>
        <dd>{formatMoney(counted)}</dd>
        <dt>{t('difference')}</dt>
        <dd className={difference === 0 ? 'good' : 'late'}>{formatMoney(difference)}</dd>
      </dl>
      <label htmlFor="note">{t('note')}</label>
      <input id="note" name="note" className="plain-input" maxLength={300} required={difference !== 0} />
      {refused && (
        <p className="notice danger" role="alert">
          {t(`refusals.${refused}`)}
        </p>
      )}
      <Button type="primary" htmlType="submit" disabled={busy}>
        {t('closeShift')}
      </Button>
    </PostForm>
  );
}
