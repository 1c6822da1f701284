import { useState } from 'react';
import type { FormDocument } from '../../engine/index.ts';
import { LazySchemaForm } from '../form/lazy-schema-form.tsx';

/** A form as staff will see it, to try out; what is entered here goes nowhere. */
export function FormPreview({ form }: { readonly form: FormDocument }) {
  const [data, setData] = useState<unknown>({});
  return (
    <LazySchemaForm
      form={form}
      data={data}
      onChange={setData}
      onSubmit={() => undefined}
      errors={[]}
      context={{ personName: '' }}
    >
      {null}
    </LazySchemaForm>
  );
}
