import { Form, type FormProps } from '@remix-run/react';
import { useRootData } from './root-data.ts';

/** The token every POST carries; without it the server answers 403. */
export function CsrfField() {
  return <input type="hidden" name="csrf" value={useRootData()?.csrfToken ?? ''} />;
}

/** A form that changes something: a POST with the token. */
export function PostForm({ children, ...props }: FormProps) {
  return (
    <Form {...props} method="post">
      <CsrfField />
      {children}
    </Form>
  );
}
