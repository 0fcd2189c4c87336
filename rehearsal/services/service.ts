import type { Principal } from './authorizer.ts';

/** A call to a service as it came over the wire. */
export interface ServiceCall {
  readonly principal: Principal;
  /** `PutItem`, `SendMessage`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Answers a service's calls.
 *
 * @throws {AwsError} for an answer that is an error
 */
export type Service = (call: ServiceCall) => Promise<unknown>;

export const textOf = (input: Readonly<Record<string, unknown>>, name: string): string => {
  const value = input[name];
  return typeof value === 'string' ? value : '';
};
