import { createContext } from 'react';

/** Allows the page's own scripts. Empty in the browser, which hides it from scripts anyway. */
export const NonceContext = createContext('');
