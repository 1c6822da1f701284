const shortest = 12;
const longest = 256;
const fewestDifferent = 6;

/** What guessers try first. A password that is little more than one of these falls in seconds. */
const common = [
  ...[
    'password',
    'passw0rd',
    'meridian',
    'hospital',
    'administrator',
    'admin',
    'welcome',
    'changeme',
    'letmein',
    'secret',
  ],
  ...[
    'qwertyuiop',
    'qwerty',
    'asdfghjkl',
    'asdf',
    'zxcvbnm',
    '1qaz2wsx',
    'iloveyou',
    'woaini',
    'yiyuan',
    'mima',
    'demo',
  ],
  ...['0123456789', '1234567890', '12345678', '123456', '654321', '87654321', 'abcdefgh', 'abcdef', 'abc123', 'abcd'],
];

/** Fewest characters of a password's own, when what everybody tries and what everybody knows of the person is taken away. */
const fewestOwn = 6;

/**
 * Why a password is too easy to guess, as a sentence; undefined when it will do. Length counts most (no rule on kinds of characters:
 * those make people write passwords down). `known` is what everybody knows of the person: login, names.
 */
export function weaknessOf(password: string, known: readonly string[]): string | undefined {
  const characters = [...password];
  if (characters.length < shortest)
    return `Expected a password of at least ${shortest} characters, but it has ${characters.length}.`;
  if (characters.length > longest)
    return `Expected a password of at most ${longest} characters, but it has ${characters.length}.`;
  const different = new Set(characters).size;
  if (different < fewestDifferent)
    return `Expected a password of at least ${fewestDifferent} different characters, but it has ${different}.`;
  if (ownPart(password, known).length < fewestOwn)
    return "Expected a password that is hard to guess, but it is little more than a word everybody tries, or the person's own name.";
  return undefined;
}

function ownPart(password: string, known: readonly string[]): string {
  const words = [...common, ...known.flatMap((text) => text.split(/[\s._-]+/))]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 2)
    .sort((a, b) => b.length - a.length);
  return words.reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
}
