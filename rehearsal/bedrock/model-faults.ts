import { createHash } from 'node:crypto';
import { seededRandom } from '../random.ts';

/** The service does not answer as asked: 429, 408 and 503. */
export const serviceFaults = ['throttled', 'timeout', 'unavailable'] as const;

/** The model answers with something that is no draft. */
export const answerFaults = ['truncated', 'declined', 'invalidJson'] as const;

/** The draft is one, and wrong. */
export const draftFaults = [
  'inventedNumber',
  'droppedWarning',
  'softenedWarning',
  'markup',
  'link',
  'injectedInstruction',
  'wrongLanguage',
  'unknownFact',
  'uncited',
  'superlative',
] as const;

export const modelFaults = [...serviceFaults, ...answerFaults, ...draftFaults] as const;

export type ServiceFault = (typeof serviceFaults)[number];
export type AnswerFault = (typeof answerFaults)[number];
export type DraftFault = (typeof draftFaults)[number];
export type ModelFault = (typeof modelFaults)[number];

/** Shares of calls, from 0 to 1. @default none */
export type ModelFaultShares = { readonly [Fault in ModelFault]?: number | undefined };

/** What strikes one call: the service or the answer by one fault, a draft by any number. */
export interface Strike {
  readonly service: ServiceFault | undefined;
  readonly answer: AnswerFault | undefined;
  readonly draft: readonly DraftFault[];
  /** Draws in [0, 1) that belong to this call. */
  readonly draw: () => number;
}

/**
 * Decides which calls go wrong. That depends on the seed, on what a request says and on how often it has come
 * before, and on nothing else: a retry of the same request may succeed.
 */
export class ModelFaultInjector {
  readonly #shares: ModelFaultShares;
  readonly #seed: string;
  readonly #attempts = new Map<string, number>();
  readonly #injected = new Map<ModelFault, number>();

  /** @throws {RangeError} for a share that is none */
  constructor(shares: ModelFaultShares = {}, seed = '') {
    assertShares('faults.bedrock', shares);
    this.#shares = shares;
    this.#seed = seed;
  }

  /** How often each fault happened; none that did not. */
  get injected(): Readonly<Partial<Record<ModelFault, number>>> {
    return Object.fromEntries(this.#injected);
  }

  /** @param request everything that it says */
  strike(request: string): Strike {
    const digest = createHash('sha256').update(request).digest('base64');
    const attempt = (this.#attempts.get(digest) ?? 0) + 1;
    this.#attempts.set(digest, attempt);
    const strikes = (fault: ModelFault): boolean => {
      const share = this.#shares[fault] ?? 0;
      return share > 0 && seededRandom(this.#key(fault, digest, attempt))() < share;
    };
    return {
      service: serviceFaults.find(strikes),
      answer: answerFaults.find(strikes),
      draft: draftFaults.filter(strikes),
      draw: seededRandom(this.#key('draft', digest, attempt)),
    };
  }

  /** Counts a fault that happened. */
  happened(fault: ModelFault): void {
    this.#injected.set(fault, (this.#injected.get(fault) ?? 0) + 1);
  }

  #key(purpose: string, digest: string, attempt: number): string {
    return JSON.stringify([this.#seed, 'bedrock', purpose, digest, attempt]);
  }
}

/** @throws {RangeError} for a share that is none, by the name of the shares and its own */
export const assertShares = (
  of: string,
  shares: Readonly<Record<string, number | undefined>>,
): void => {
  for (const [name, share = 0] of Object.entries(shares))
    if (!(share >= 0 && share <= 1))
      throw new RangeError(`${of}.${name} is ${share}: give a share from 0 to 1`);
};
