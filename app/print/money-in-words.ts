const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const places = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿'];

/** Four digits in words, without leading zeros: 1005 → 壹仟零伍. */
function group(value: number): string {
  let words = '';
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      zero = words !== '';
    } else {
      words += `${zero ? '零' : ''}${digits[digit]}${places[place]}`;
      zero = false;
    }
  }
  return words;
}

function yuanInWords(yuan: number): string {
  let words = '';
  for (let place = groups.length - 1; place >= 0; place -= 1) {
    const part = Math.floor(yuan / 10_000 ** place) % 10_000;
    if (part === 0) continue;
    const gap = words !== '' && part < 1_000 ? '零' : '';
    words += `${gap}${group(part)}${groups[place]}`;
  }
  return words;
}

/** An amount in fen in Chinese capital numerals: 123405 → 壹仟贰佰叁拾肆元零伍分. Up to 9999 亿 yuan. */
export function moneyInWords(fen: number): string {
  if (fen < 0) return `负${moneyInWords(-fen)}`;
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  if (fen === 0) return '零元整';
  const whole = yuan === 0 ? '' : `${yuanInWords(yuan)}元`;
  if (jiao === 0 && rest === 0) return `${whole}整`;
  const jiaoWords = jiao === 0 ? (whole === '' ? '' : '零') : `${digits[jiao]}角`;
  return `${whole}${jiaoWords}${rest === 0 ? '整' : `${digits[rest]}分`}`;
}
