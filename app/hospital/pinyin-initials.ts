/** The first character, in pinyin order, of every initial a Chinese syllable can have. */
const firstOfInitial = [
  ...['阿A', '八B', '嚓C', '哒D', '妸E', '发F', '旮G', '哈H', '讥J', '咔K', '垃L', '妈M'],
  ...['拏N', '噢O', '妑P', '七Q', '呥R', '仨S', '他T', '屲W', '夕X', '丫Y', '帀Z'],
].map((pair) => ({ character: pair.charAt(0), initial: pair.charAt(1) }));

/** Family names that are read otherwise than the character alone. */
const familyNameInitials: Readonly<Record<string, string>> = {
  曾: 'Z',
  单: 'S',
  解: 'X',
  仇: 'Q',
  盖: 'G',
  查: 'Z',
  尉: 'Y',
};

const byPinyin = new Intl.Collator('zh-u-co-pinyin');

function initialOf(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toUpperCase();
  if (!/\p{Script=Han}/u.test(character)) return '';
  return firstOfInitial.findLast((one) => byPinyin.compare(character, one.character) >= 0)?.initial ?? '';
}

/** Pinyin initials of a text: 张伟 → ZW, 头颅CT平扫 → TLCTPS. Other signs are left out. */
export function pinyinInitials(text: string): string {
  return [...text].map(initialOf).join('');
}

/** Pinyin initials of a person's name, with the family name read as one. */
export function nameInitials(name: string): string {
  const [family = '', ...given] = [...name];
  return (familyNameInitials[family] ?? initialOf(family)) + given.map(initialOf).join('');
}
