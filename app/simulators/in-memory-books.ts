import type { BookDocument, BookStore } from './book-store.ts';

/** Books in memory, for scenarios. They keep text, like the database, so nothing can be shared by reference. */
export function inMemoryBooks(): BookStore & { all(): readonly BookDocument[] } {
  const books = new Map<string, Map<string, string>>();
  const bookOf = (name: string) => {
    const book = books.get(name) ?? new Map<string, string>();
    books.set(name, book);
    return book;
  };
  return {
    async read(book, key) {
      return bookOf(book).get(key);
    },
    async change(book, key, change) {
      bookOf(book).set(key, change(bookOf(book).get(key)));
    },
    async fill(documents) {
      for (const { book, key, document } of documents) bookOf(book).set(key, document);
    },
    all: () => [...books].flatMap(([book, byKey]) => [...byKey].map(([key, document]) => ({ book, key, document }))),
    async list(book) {
      return [...bookOf(book)]
        .map(([key, document]) => ({ key, document }))
        .sort((one, other) => (one.key < other.key ? -1 : 1));
    },
  };
}
