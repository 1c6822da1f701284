/** Thrown when the engine finds itself in a state its own rules exclude: a bug of ours, never a fault of a model, a person or data. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  readonly code = 'invariant';
}
