import type { AwsError } from './aws-error.ts';

/** A call that a function makes, before it is served. */
export interface FunctionCall {
  /** The construct's name, such as `DecideTouch`. */
  readonly functionName: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * What becomes of a call: it is served; refused by the service; the function ends before or after it was served
 * (`crash`: the runtime exits, `timeout`: it hangs until its time is over); or it waits while the next invocation in
 * the queue runs from its beginning to its end (`overtaken`), as when two run side by side.
 */
export type Fate =
  | { readonly kind: 'served' }
  | { readonly kind: 'refused'; readonly error: AwsError }
  | { readonly kind: 'crash' | 'timeout'; readonly when: 'before' | 'after' }
  | { readonly kind: 'overtaken' };

export type DecideFate = (call: FunctionCall) => Fate;
