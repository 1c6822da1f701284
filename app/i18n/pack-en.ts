import antd from 'antd/locale/en_US';
import { byArea } from './catalogues-by-area.ts';
import type { LanguagePack } from './language-pack.ts';

export const pack: LanguagePack = {
  language: 'en',
  texts: byArea(import.meta.glob<Record<string, unknown>>('./en/*.json', { eager: true, import: 'default' })),
  antd,
};
