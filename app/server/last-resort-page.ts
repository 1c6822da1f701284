/** A page without any machinery behind it, in both languages. */
export function lastResortPage(status: number, reference: string | undefined): string {
  const line = reference ? `<p>编号 Reference: <code>${reference}</code></p>` : '';
  const words =
    status === 404
      ? ['没有这个文件', 'There is no such file.']
      : [
          '系统出错，没有保存任何内容。请重试，或把编号告诉信息科。',
          'Something went wrong; nothing was saved. Try again, or tell IT the reference.',
        ];
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Meridian ${status}</title></head><body><h1>${status}</h1><p>${words[0]}</p><p lang="en">${words[1]}</p>${line}<p><a href="/">Meridian</a></p></body></html>`;
}
