import type { AppLoadContext } from '@remix-run/node';
import type { Finding, Person, ProcessPackage } from '../../engine/index.ts';
import { decodeXml } from '../../engine/interchange/index.ts';
import { translate } from '../i18n/translate.server.ts';
import { blankPackage } from './blank-package.ts';
import { processKeyPattern } from './draft.ts';
import { layOut } from './lay-out.server.ts';
import { type ShownFindings, shownFindings } from './shown-findings.ts';
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

/** A draft that was created, and what its file says in words of other engines: how each is read, or that it is not. */
export type CreatedDraft = { readonly key: string; readonly translations: ShownFindings };

const aboutTranslation = /^(vendor-(translated|ignored|untranslated)|(un)?translated-expression)$/;

/** Creates the draft of a new flow, empty or from a BPMN file drawn elsewhere. Nothing is stored when anything is wrong. */
export async function createDraft(
  context: AppLoadContext,
  person: Person,
  wanted: { readonly key: string; readonly title: ProcessPackage['title']; readonly file?: File },
): Promise<CreatedDraft | CreateRefusal> {
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
    read?.pkg ??
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
  if (saved === 'conflict') return { refusal: 'taken', params: { key: wanted.key } };
  return { key: wanted.key, translations: shownFindings(read?.translations ?? []) };
}

function isTitle(text: string): boolean {
  return text !== '' && text.length <= longestTitle && isStorableText(text);
}

type ReadFile = { readonly pkg: ProcessPackage; readonly translations: readonly Finding[] };
type Import = { readonly key: string; readonly title: ProcessPackage['title']; readonly file: File };

/** The package of a file drawn elsewhere. It passes the gates of publication before anything else looks at it. */
async function readFile({ services }: AppLoadContext, { key, title, file }: Import): Promise<ReadFile | CreateRefusal> {
  if (file.size > megabytes * 1024 * 1024) return { refusal: 'tooLarge', params: { megabytes } };
  const decoded = decodeXml(await file.arrayBuffer());
  if (!decoded.ok) return badFile(decoded.message);
  const bpmn = decoded.text;
  const pkg = { key, title, bpmn, forms: {}, decisions: {} };
  const findings = await services.engine.check({ tenantId: services.tenantId, pkg });
  const broken = whyUnreadable(findings, 'file');
  if (broken) return badFile(broken.message);
  const drawn = await layOut(bpmn).catch(() => undefined);
  if (drawn === undefined)
    return badFile('Expected a diagram with a drawing, but there is none and none could be made');
  return { pkg: { ...pkg, bpmn: drawn }, translations: findings.filter(({ rule }) => aboutTranslation.test(rule)) };
}

function badFile(reason: string): CreateRefusal {
  return { refusal: 'badFile', params: { reason } };
}

function both(key: string): readonly [zh: string, en: string] {
  return [translate('zh-CN')(`flows:create.${key}`), translate('en')(`flows:create.${key}`)];
}
