const quiet = 10;
const height = 40;

/** A Code 128 barcode: `modules` are `1` black and `0` white, with the quiet zone scanners need on both sides. */
export function Barcode({ modules, text }: { modules: string | undefined; text: string }) {
  if (modules === undefined) return <span className="barcode-text">{text}</span>;
  const bars = [...modules.matchAll(/1+/g)].map(
    ({ index, 0: bar }) => `M${quiet + index} 0h${bar.length}v${height}h-${bar.length}z`,
  );
  return (
    <span className="barcode">
      <svg
        viewBox={`0 0 ${modules.length + 2 * quiet} ${height}`}
        preserveAspectRatio="none"
        shapeRendering="geometricPrecision"
        role="img"
        aria-label={text}
      >
        <path d={bars.join('')} />
      </svg>
      <span className="barcode-text" aria-hidden="true">
        {text}
      </span>
    </span>
  );
}
