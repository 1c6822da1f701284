import JsBarcode from 'jsbarcode';

/** A number's Code 128 barcode as modules, `1` black and `0` white; undefined when it cannot be encoded. */
export function barcodeOf(text: string): string | undefined {
  if (text === '' || /[^\x20-\x7e]/.test(text)) return undefined;
  const target: { encodings?: readonly { readonly data: string }[] } = {};
  JsBarcode(target, text, { format: 'CODE128' });
  return (target.encodings ?? []).map(({ data }) => data).join('');
}
