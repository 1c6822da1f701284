import { canonicalJson } from '../core/canonical-json.ts';
import type { JsonObject } from '../core/json.ts';
import { sha256Hex } from '../replay/hashing.ts';
import type { Accepted } from './engine.ts';
import type { RequestKey } from './ports.ts';

/** What identifies a request: who sends it, its key, and a hash over all it asks. */
export function requestKeyOf(
  request: { readonly tenantId: string; readonly by: { readonly id: string }; readonly key: string },
  operation: string,
  asked: JsonObject,
): RequestKey {
  const hash = sha256Hex(canonicalJson({ asked, operation }));
  return { tenantId: request.tenantId, actorId: request.by.id, key: request.key, hash };
}

/** The stored answer, as it was given the first time. */
export function parseAnswer(answer: string): Accepted {
  const { caseId, version, ended } = JSON.parse(answer);
  return { caseId: String(caseId), version: Number(version), ended: Boolean(ended) };
}
