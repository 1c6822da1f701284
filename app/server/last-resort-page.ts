import { spokenName } from '../ui/answer-names.ts';

const failed = [
  '系统出错，没有保存任何内容。请重试，或把编号告诉信息科。',
  'Something went wrong; nothing was saved. Try again, or tell IT the reference.',
] as const;

const wordsOf: Readonly<Record<number, readonly [string, string]>> = {
  404: ['没有这个文件', 'There is no such file.'],
  503: [
    '系统暂时连不上数据库。请几秒后刷新页面；刚才提交的内容可以再提交一次，不会重复记录。',
    'The system cannot reach its database for the moment. Load the page again in a few seconds; what you just sent may be sent again and will not count twice.',
  ],
};

/** A page without any machinery behind it, in both languages. */
export function lastResortPage(
  status: number,
  { requestId, traceId }: { readonly requestId: string; readonly traceId?: string | undefined },
): string {
  const trace = traceId ? `<p>跟踪号 Trace: <code>${traceId}</code></p>` : '';
  const line = `<p>编号 Reference: <code>${spokenName(requestId)}</code></p>${trace}`;
  const words = wordsOf[status] ?? failed;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Meridian ${status}</title></head><body><h1>${status}</h1><p>${words[0]}</p><p lang="en">${words[1]}</p>${line}<p><a href="/">Meridian</a></p></body></html>`;
}
