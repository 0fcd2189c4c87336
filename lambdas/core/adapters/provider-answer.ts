import * as z from 'zod';

/** How the SDK throws what a service answered, and what the network did. */
const thrown = z.object({
  name: z.string(),
  message: z.string(),
  code: z.unknown().optional(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

/** What a provider said to a request that it did not carry out. */
export interface Refusal {
  /** The error's code, such as `Throttling`. */
  readonly name: string;
  /** In the provider's words, without addresses and numbers of customers. */
  readonly because: string;
}

/** The connection was never made, so nothing was asked. */
const neverConnected: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const SERVICE_UNAVAILABLE = 503;

/**
 * What the provider refused a request with, when it is certain that it did not carry it out: an answer of the 400s
 * or 503, or no connection at all. Undefined for anything else, a timeout, a connection that broke or another
 * answer of the 500s: the request may have been carried out.
 */
export const refusalOf = (error: unknown): Refusal | undefined => {
  const { data } = thrown.safeParse(error);
  if (data === undefined) return undefined;
  const { name, message, code, $metadata } = data;
  const status = $metadata?.httpStatusCode ?? 0;
  const isAnswered = (status >= 400 && status < 500) || status === SERVICE_UNAVAILABLE;
  return isAnswered || neverConnected.has(code)
    ? { name, because: `${name}: ${withoutAddresses(message)}` }
    : undefined;
};

const withoutAddresses = (message: string): string =>
  message.replace(/\S+@\S+/g, '<address>').replace(/\+\d{6,15}\b/g, '<number>');
