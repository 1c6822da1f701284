import type { AppLoadContext } from '@remix-run/node';
import type { Person, ProcessPackage } from '../../engine/index.ts';
import { translate } from '../i18n/translate.server.ts';
import { blankPackage } from './blank-package.ts';
import { processKeyPattern } from './draft.ts';
import { readFacts } from './element-facts.server.ts';
import { layOut } from './lay-out.server.ts';

/** Largest file taken, in megabytes: the deployment gate's limit. */
const megabytes = 5;

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
  if (!wanted.title['zh-CN'] || !wanted.title.en) return { refusal: 'titleMissing', params: {} };
  const [published, drafted] = await Promise.all([
    readModels.getPackage({ tenantId, key: wanted.key }),
    drafts.find(tenantId, wanted.key),
  ]);
  if (published || drafted) return { refusal: 'taken', params: { key: wanted.key } };
  const imported = wanted.file ? await readFile(wanted.file, context.services.clinicalModdle) : undefined;
  if (imported && 'refusal' in imported) return imported;
  const pkg = imported
    ? { key: wanted.key, title: wanted.title, bpmn: imported.xml, forms: {}, decisions: {} }
    : blankPackage(wanted.key, wanted.title, {
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

async function readFile(file: File, clinicalModdle: object): Promise<{ readonly xml: string } | CreateRefusal> {
  if (file.size > megabytes * 1024 * 1024) return { refusal: 'tooLarge', params: { megabytes } };
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    await readFacts(xml, clinicalModdle);
    return { xml: await layOut(xml) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : '';
    return { refusal: 'badFile', params: { reason: reason ?? '' } };
  }
}

function both(key: string): readonly [zh: string, en: string] {
  return [translate('zh-CN')(`flows:create.${key}`), translate('en')(`flows:create.${key}`)];
}
