import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PostForm } from '../ui/post-form.tsx';

/** What the auditor makes of a documented exception. */
export function OverrideReviewForm({ caseId, seq }: { caseId: string; seq: number }) {
  const { t } = useTranslation('audit');
  return (
    <PostForm action={`/audit/${caseId}`} className="review-form">
      <input type="hidden" name="seq" value={seq} />
      <fieldset className="choices">
        {(['accepted', 'questioned'] as const).map((verdict) => (
          <label key={verdict} className="choice">
            <input type="radio" name="verdict" value={verdict} required />
            {t(`review.${verdict}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('review.comment')}
        <textarea name="comment" className="plain-input" rows={2} maxLength={1000} />
      </label>
      <Button htmlType="submit" type="primary">
        {t('review.save')}
      </Button>
    </PostForm>
  );
}
