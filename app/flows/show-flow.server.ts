import type { AppLoadContext } from '@remix-run/node';
import type { ProcessPackage } from '../../engine/index.ts';

/** A flow's page: its current content (the published one where there is one), versions in use, and its draft. */
export type ShownFlow = {
  readonly key: string;
  readonly title: ProcessPackage['title'];
  readonly bpmn: string;
  readonly hash: string;
  readonly forms: readonly string[];
  readonly decisions: readonly string[];
  readonly publishedAt?: string;
  /** The current version, and older ones that cases still run on; newest first. */
  readonly versions: readonly { readonly version: number; readonly cases: number }[];
  /** Who answers for the current version although it is unsound, and why. */
  readonly override?: { readonly by: string; readonly reason: string };
  readonly draft?: {
    readonly status: 'editing' | 'submitted';
    readonly by: string;
    readonly returned?: { readonly by: string; readonly comment: string };
  };
};

/** Everything the page of a flow shows; undefined when there is neither a version nor a draft of this key. */
export async function showFlow({ services }: AppLoadContext, key: string): Promise<ShownFlow | undefined> {
  const { tenantId, readModels, drafts, directory, clock } = services;
  const [definitions, published, draft] = await Promise.all([
    readModels.listDefinitions({ tenantId }),
    readModels.getPackage({ tenantId, key }),
    drafts.find(tenantId, key),
  ]);
  const row = definitions.find((one) => one.key === key);
  const pkg = published?.package ?? draft?.pkg;
  if (!pkg) return undefined;
  const name = async (id: string) => (await directory.person(tenantId, id, clock.now()))?.name ?? id;
  const running = row?.runningCases ?? [];
  const current = row
    ? [{ version: row.version, cases: running.find((one) => one.version === row.version)?.cases ?? 0 }]
    : [];
  const older = running.filter((one) => one.version !== row?.version).sort((a, b) => b.version - a.version);
  return {
    key,
    title: pkg.title,
    bpmn: pkg.bpmn,
    hash: published?.hash ?? draft?.hash ?? '',
    forms: Object.keys(pkg.forms).sort(),
    decisions: Object.keys(pkg.decisions).sort(),
    publishedAt: row?.publishedAt,
    versions: [...current, ...older],
    override: published?.override && { by: await name(published.override.by), reason: published.override.reason },
    draft: draft && {
      status: draft.status,
      by: await name(draft.submittedBy ?? draft.updatedBy),
      returned: draft.returned && { by: await name(draft.returned.by), comment: draft.returned.comment },
    },
  };
}
