import type * as z from 'zod';
import { touchRefIn } from '../contracts/touch-ref.ts';
import type { TouchRef } from '../domain/touches/touch-record.ts';
import type { FeedbackReading } from '../ports/feedback-reader.ts';

/** Names the wrong keys and what was expected there, never what was got: it may be an address. */
export const inWords = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`)
    .join('; ');

type FoundRef =
  | { readonly kind: 'found'; readonly ref: TouchRef | undefined }
  | Extract<FeedbackReading, { kind: 'unreadable' }>;

/** The touch among the values that a provider gives back with a message; none where it is not of ours. */
export const refIn = (values: Readonly<Record<string, string>>): FoundRef => {
  try {
    return { kind: 'found', ref: touchRefIn(values) };
  } catch (error) {
    // The codec's only complaint, and it does not quote what it got.
    const problem = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', reason: 'invalid', problem };
  }
};
