import { createContext } from 'react';
import type { LanguagePack } from './language-pack.ts';

/** The language pack loaded before the first rendering, on the server and in the browser. */
export const PackContext = createContext<LanguagePack | undefined>(undefined);
