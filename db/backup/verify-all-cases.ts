import postgres from 'postgres';
import { z } from 'zod';
import type { KeyRing } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { isProved } from '../prove-case.ts';
import { listHistory } from '../reads/list-history.ts';

/** What verifying every case of every hospital came to. `broken` names the cases that do not prove, at most `mostNamed`. */
export type CasesVerdict = { readonly cases: number; readonly broken: readonly string[]; readonly brokenCount: number };

const mostNamed = 20;
const page = 200;

const caseNames = z.array(z.object({ tenantId: z.string(), caseId: z.string() }));
/** A case by its hospital and id. */
type CaseName = z.infer<typeof caseNames>[number];

const first: CaseName = {
  tenantId: '00000000-0000-0000-0000-000000000000',
  caseId: '00000000-0000-0000-0000-000000000000',
};

/**
 * Proves every stored case: its chain is unbroken and folding its history gives the stored state, byte for byte.
 *
 * @param parts.ownerUrl a login that sees every hospital's cases
 */
export async function verifyAllCases(
  parts: { readonly ownerUrl: string; readonly database: Database; readonly keyRing: KeyRing },
  onProgress?: (cases: number) => void,
): Promise<CasesVerdict> {
  const owner = postgres(parts.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    let cases = 0;
    const broken: string[] = [];
    for (let after = first; ; ) {
      const names = await namesAfter(owner, after);
      for (const name of names) {
        const history = await listHistory(parts, name);
        if (!history || !isProved(history)) broken.push(name.caseId);
      }
      cases += names.length;
      const last = names.at(-1);
      if (!last) return { cases, broken: broken.slice(0, mostNamed), brokenCount: broken.length };
      onProgress?.(cases);
      after = last;
    }
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function namesAfter(sql: postgres.ISql, { tenantId, caseId }: CaseName): Promise<readonly CaseName[]> {
  const rows = await sql`
    select tenant_id as "tenantId", case_id as "caseId" from cases
     where (tenant_id, case_id) > (${tenantId}, ${caseId}) order by tenant_id, case_id limit ${page}`;
  return caseNames.parse(rows);
}
