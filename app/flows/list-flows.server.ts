import type { AppLoadContext } from '@remix-run/node';
import type { ProcessPackage } from '../../engine/index.ts';

/** A flow as the list shows it: published, being drafted, or both. */
export type FlowRow = {
  readonly key: string;
  readonly title: ProcessPackage['title'];
  readonly version?: number;
  readonly publishedAt?: string;
  readonly approvedBy?: string;
  readonly running: number;
  readonly draft?: { readonly status: 'editing' | 'submitted'; readonly by: string };
};

/** All flows of the hospital, with the people named. */
export async function listFlows({ services }: AppLoadContext): Promise<readonly FlowRow[]> {
  const { tenantId, readModels, drafts, directory, clock } = services;
  const [published, drafted] = await Promise.all([readModels.listDefinitions({ tenantId }), drafts.list(tenantId)]);
  const name = async (id: string | undefined) =>
    id ? ((await directory.person(tenantId, id, clock.now()))?.name ?? id) : undefined;
  const draftOf = async (key: string): Promise<FlowRow['draft']> => {
    const draft = drafted.find((one) => one.pkg.key === key);
    return draft ? { status: draft.status, by: (await name(draft.submittedBy ?? draft.updatedBy)) ?? '' } : undefined;
  };
  const rows = published.map(
    async (row): Promise<FlowRow> => ({
      key: row.key,
      title: row.title,
      version: row.version,
      publishedAt: row.publishedAt,
      approvedBy: await name(row.approvedBy),
      running: row.runningCases.reduce((sum, one) => sum + one.cases, 0),
      draft: await draftOf(row.key),
    }),
  );
  const onlyDrafted = drafted
    .filter((draft) => !published.some((row) => row.key === draft.pkg.key))
    .map(
      async (draft): Promise<FlowRow> => ({
        key: draft.pkg.key,
        title: draft.pkg.title,
        running: 0,
        draft: await draftOf(draft.pkg.key),
      }),
    );
  return Promise.all([...rows, ...onlyDrafted]);
}
