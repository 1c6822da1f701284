import JsBarcode from 'jsbarcode';
import type { Barcode } from './print-document.ts';

/** Encodes a number as Code 128. Characters outside ASCII cannot be encoded and are left out of the bars. */
export function barcodeOf(text: string): Barcode {
  const target: { encodings?: readonly { readonly data: string }[] } = {};
  const encodable = text.replace(/[^\x20-\x7e]/g, '');
  if (encodable === '') return { text, modules: '' };
  JsBarcode(target, encodable, { format: 'CODE128' });
  return { text, modules: (target.encodings ?? []).map(({ data }) => data).join('') };
}
