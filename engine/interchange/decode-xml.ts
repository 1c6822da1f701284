/** A file's text, or why it has none: the sentence of a finding. */
export type DecodedXml =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly encoding: string };

/** Encodings that are converted, by the name a file declares, with what the decoder calls them. */
const encodings: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['gb18030', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
]);

const declaration = /^(<\?xml\b[^>]*?\bencoding\s*=\s*)(["'])([^"']*)\2/;

/**
 * Text of an XML file: UTF-8, or what its declaration names. The declaration of the text says UTF-8, since that is how it is kept
 * and exported. A byte order mark is taken off.
 */
export function decodeXml(bytes: ArrayBuffer | Uint8Array): DecodedXml {
  const head = new TextDecoder('windows-1252').decode(bytes.slice(0, 200)).replace(/^ï»¿/, '');
  const declared = (declaration.exec(head)?.[3] ?? 'utf-8').toLowerCase();
  const encoding = encodings.get(declared);
  if (encoding === undefined) return refused(declared, `the file says it is in ${printable(declared)}`);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.startsWith('\ufeff')) return refused(declared, 'it begins with two byte order marks');
    return { ok: true, text: text.replace(declaration, '$1$2UTF-8$2') };
  } catch {
    return refused(declared, `its bytes are not ${declared.toUpperCase()}`);
  }
}

function refused(encoding: string, but: string): DecodedXml {
  return { ok: false, message: `Expected text in UTF-8, ISO-8859-1 or GB18030, but ${but}`, encoding };
}

function printable(encoding: string): string {
  return encoding.replace(/[^\w.-]/g, '').slice(0, 40) || 'an encoding without a name';
}
