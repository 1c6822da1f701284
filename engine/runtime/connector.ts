import type { JsonObject } from '../core/json.ts';

/** One delivery of a job to the outside. `key` is the job's id: the same at every attempt. */
export type ConnectorRequest = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly key: string;
  readonly jobType: string;
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly input: JsonObject;
  /** The command's clock; simulators and the virtual clock of scenarios use it instead of the machine's. */
  readonly now: string;
  /** W3C `traceparent` of this attempt, while somebody follows: to be sent along, so that the other system is found in the same trace. */
  readonly traceparent?: string;
};

/**
 * What came of a delivery. `error` is a BPMN error the flow may catch (a refusal is an answer);
 * `failed` is technical and may be retried; `unknown` means it may or may not have happened.
 */
export type ConnectorResult =
  | { readonly status: 'done'; readonly output: JsonObject }
  | { readonly status: 'error'; readonly code: string; readonly message: string; readonly output?: JsonObject }
  | { readonly status: 'failed'; readonly message: string; readonly retryable: boolean }
  | { readonly status: 'unknown'; readonly message: string };

/**
 * A way to another system. `delivery` is the connector's own promise:
 * `idempotent`: the same key may be sent again; `queryable`: `query` tells what became of a key;
 * `neither`: after an unknown outcome a person must decide, it is never sent again by itself.
 */
export type Connector = {
  readonly jobType: string;
  readonly delivery: 'idempotent' | 'queryable' | 'neither';
  perform(request: ConnectorRequest): Promise<ConnectorResult>;
  /** For `queryable`: what became of the request with this key. `not-received` allows sending it. */
  query?(request: ConnectorRequest): Promise<ConnectorResult | { readonly status: 'not-received' }>;
};
