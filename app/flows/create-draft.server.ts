import type { AppLoadContext } from '@remix-run/node';
import type { Person, ProcessPackage } from '../../engine/index.ts';
import { decodeXml } from '../../engine/interchange/index.ts';
import { translate } from '../i18n/translate.server.ts';
import { blankPackage } from './blank-package.ts';
import { processKeyPattern } from './draft.ts';
import { layOut } from './lay-out.server.ts';
import { isStorableText } from './storable.ts';
import { whyUnreadable } from './unreadable.ts';

/** Largest file taken, in megabytes: the deployment gate's limit. */
const megabytes = 5;
const longestTitle = 80;

/** Why a new flow was not created: a text of the catalogue (`flows:create.*`) with its parameters. */
export type CreateRefusal = {
  readonly refusal: 'badKey' | 'taken' | 'titleMissing' | 'badFile' | 'tooLarge';
  readonly params: Readonly<Record<string, string | number>>;
};

/** Creates the draft of a new flow, empty or from a BPMN file drawn elsewhere. Nothing is stored when anything is wrong. */
export async function createDraft(
  context: AppLoadContext,
  person: Person,
  wanted: { readonly key: string; readonly title: ProcessPackage['title']; readonly file?: File },
): Promise<{ readonly key: string } | CreateRefusal> {
  const { tenantId, readModels, drafts, clock, packageHash } = context.services;
  if (!processKeyPattern.test(wanted.key)) return { refusal: 'badKey', params: {} };
  if (![wanted.title['zh-CN'], wanted.title.en].every(isTitle)) return { refusal: 'titleMissing', params: {} };
  const [published, drafted] = await Promise.all([
    readModels.getPackage({ tenantId, key: wanted.key }),
    drafts.find(tenantId, wanted.key),
  ]);
  if (published || drafted) return { refusal: 'taken', params: { key: wanted.key } };
  const read = wanted.file ? await readFile(context, { ...wanted, file: wanted.file }) : undefined;
  if (read && 'refusal' in read) return read;
  const pkg =
    read ??
    blankPackage(wanted.key, wanted.title, {
      start: both('blankStart'),
      task: both('blankTask'),
      end: both('blankEnd'),
    });
  const saved = await drafts.save({
    tenantId,
    pkg,
    hash: packageHash(pkg),
    revision: 0,
    by: person.id,
    at: clock.now(),
  });
  return saved === 'conflict' ? { refusal: 'taken', params: { key: wanted.key } } : { key: wanted.key };
}

function isTitle(text: string): boolean {
  return text !== '' && text.length <= longestTitle && isStorableText(text);
}

type Import = { readonly key: string; readonly title: ProcessPackage['title']; readonly file: File };

/** The package of a file drawn elsewhere. It passes the gates of publication before anything else looks at it. */
async function readFile(
  { services }: AppLoadContext,
  { key, title, file }: Import,
): Promise<ProcessPackage | CreateRefusal> {
  if (file.size > megabytes * 1024 * 1024) return { refusal: 'tooLarge', params: { megabytes } };
  const decoded = decodeXml(await file.arrayBuffer());
  if (!decoded.ok) return badFile(decoded.message);
  const bpmn = decoded.text;
  const pkg = { key, title, bpmn, forms: {}, decisions: {} };
  const broken = whyUnreadable(await services.engine.check({ tenantId: services.tenantId, pkg }), 'file');
  if (broken) return badFile(broken.message);
  const drawn = await layOut(bpmn).catch(() => undefined);
  return drawn === undefined
    ? badFile('Expected a diagram with a drawing, but there is none and none could be made')
    : { ...pkg, bpmn: drawn };
}

function badFile(reason: string): CreateRefusal {
  return { refusal: 'badFile', params: { reason } };
}

function both(key: string): readonly [zh: string, en: string] {
  return [translate('zh-CN')(`flows:create.${key}`), translate('en')(`flows:create.${key}`)];
}
