/** A column of a plain table: what stands above it, and whether figures stand in it. */
export type Column = { readonly title: string; readonly figures?: boolean };

/** The head of a plain table. */
export function ColumnHeads({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ title, figures }) => (
          <th key={title} scope="col" className={figures ? 'number' : undefined}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
