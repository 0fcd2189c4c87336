import type { TouchRef } from '../domain/touches/touch-record.ts';

/** The way to a channel's sender, paced to its provider. */
export type TouchQueue = (ref: TouchRef) => Promise<void>;
