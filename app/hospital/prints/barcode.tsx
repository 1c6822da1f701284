import type { Barcode } from './print-document.ts';

/** A Code 128 barcode as crisp bars, with its text below. */
export function BarcodeImage({ barcode, height = 36 }: { readonly barcode: Barcode; readonly height?: number }) {
  const bars = [...barcode.modules.matchAll(/1+/g)];
  if (bars.length === 0) return <span className="barcode-text">{barcode.text}</span>;
  return (
    <figure className="barcode">
      <svg
        role="img"
        aria-label={barcode.text}
        viewBox={`-10 0 ${barcode.modules.length + 20} ${height}`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        height={height}
      >
        {bars.map((bar) => (
          <rect key={bar.index} x={bar.index} y={0} width={bar[0].length} height={height} />
        ))}
      </svg>
      <figcaption className="barcode-text">{barcode.text}</figcaption>
    </figure>
  );
}
