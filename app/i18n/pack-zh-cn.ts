import antd from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { byArea } from './catalogues-by-area.ts';
import type { LanguagePack } from './language-pack.ts';

export const pack: LanguagePack = {
  language: 'zh-CN',
  texts: byArea(import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', { eager: true, import: 'default' })),
  antd,
};
