import type { z } from 'zod';

/** A document with its place. */
export type BookDocument = { readonly book: string; readonly key: string; readonly document: string };

/**
 * Where the simulators and the till keep their documents: one JSON text per book and key.
 * A change is retried when somebody else changed the same document meanwhile, so `change` must have no effect of its own.
 */
export type BookStore = {
  read(book: string, key: string): Promise<string | undefined>;
  /** Applies `change` to the document as it is; returns when it is stored. */
  change(book: string, key: string, change: (document: string | undefined) => string): Promise<void>;
  /** Writes documents nobody has written yet, all of them at once; for demo data. */
  fill(documents: readonly BookDocument[]): Promise<void>;
  /** Every document of a book, by key in ascending order. */
  list(book: string): Promise<readonly { readonly key: string; readonly document: string }[]>;
};

/** A book whose documents have a known shape. */
export type Book<T> = {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** The document before anything was written under this key. */
  empty(key: string): T;
};

/** What a change leaves in the book, and what it answers. */
export type Change<T, R> = { readonly document: T; readonly answer: R };

function parse<T>(book: Book<T>, key: string, document: string | undefined): T {
  return document === undefined ? book.empty(key) : book.schema.parse(JSON.parse(document));
}

/** Reads a document of a book; the empty one when nothing was written yet. */
export async function readBook<T>(store: BookStore, book: Book<T>, key: string): Promise<T> {
  return parse(book, key, await store.read(book.name, key));
}

/** Changes a document of a book and answers what the change answered. */
export async function changeBook<T, R>(
  store: BookStore,
  book: Book<T>,
  key: string,
  change: (document: T) => Change<T, R>,
): Promise<R> {
  let answer: { readonly value: R } | undefined;
  await store.change(book.name, key, (stored) => {
    const result = change(parse(book, key, stored));
    answer = { value: result.answer };
    return JSON.stringify(result.document);
  });
  if (!answer) throw new Error(`Expected the book store to apply the change to ${book.name}, but it did not.`);
  return answer.value;
}

/** Every document of a book. */
export async function listBook<T>(store: BookStore, book: Book<T>): Promise<readonly T[]> {
  const rows = await store.list(book.name);
  return rows.map(({ key, document }) => parse(book, key, document));
}
