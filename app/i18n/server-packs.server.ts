import type { Language } from '../../engine/index.ts';
import type { LanguagePack } from './language-pack.ts';
import { pack as en } from './pack-en.ts';
import { pack as chinese } from './pack-zh-cn.ts';

/** Both languages, for rendering on the server and for texts made in loaders and actions. */
export const serverPacks: Readonly<Record<Language, LanguagePack>> = { 'zh-CN': chinese, en };
