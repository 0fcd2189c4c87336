import type { Envelope } from '../services/event-bus.ts';

/** That a stage of an order's journey has ended, as it was told on the bus. */
export interface StageEnd {
  readonly shop: string;
  readonly orderId: string;
  readonly stage: string;
  readonly outcome: string;
  /** Milliseconds since 1970. */
  readonly toldMs: number;
}

/** Hears which stages have ended; those that were passed over leave no other trace. */
export class StageLog {
  readonly #ends = new Map<string, StageEnd>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Each once, as it was first told. */
  get ends(): readonly StageEnd[] {
    return [...this.#ends.values()];
  }

  readonly hear = ({ source, 'detail-type': type, detail }: Envelope): void => {
    if (source !== 'afterglow' || type !== 'StageCompleted') return;
    const { shop, orderId, stage, outcome } = Object(detail);
    const end = { shop, orderId, stage, outcome, toldMs: this.#nowMs() };
    const key = JSON.stringify([shop, orderId, stage]);
    if (!this.#ends.has(key)) this.#ends.set(key, end);
  };
}
