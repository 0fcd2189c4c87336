import type { VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import type { FaultInjector } from '../faults.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import type { EventBus } from './event-bus.ts';
import { isRefusedForNow, putFromOutside } from './event-from-outside.ts';

/** An event that the bus did not take: the sender was told. */
export interface RefusedEvent {
  readonly event: TimedEvent;
  readonly because: string;
}

export interface SendersOptions {
  readonly clock: VirtualClock;
  readonly bus: EventBus;
  readonly meter: Meter;
  readonly faults: FaultInjector;
}

/** After which a shop's system sends again what the bus did not take. */
const SEND_AGAIN_MS = 60_000;

/** The shops' systems, which put events on the bus: again while it does not take them. */
export class Senders {
  /** Events that were put on the bus. */
  count = 0;
  readonly refused: RefusedEvent[] = [];
  /** Events that never came to the bus, and nobody was told. */
  readonly lost: TimedEvent[] = [];
  /** Events that the bus has not taken yet. */
  readonly unsent = new Set<TimedEvent>();
  readonly #options: SendersOptions;

  constructor(options: SendersOptions) {
    this.#options = options;
  }

  /** An event as its sender tells it: by a clock that may be wrong. */
  asTold(event: TimedEvent): TimedEvent {
    return this.#options.faults.asTold(event);
  }

  /** Sends an event now. */
  put(event: TimedEvent): void {
    const { bus, faults } = this.#options;
    if (faults.isLost(event)) {
      faults.happened('lostEvents');
      this.lost.push(event);
      return;
    }
    this.count += 1;
    if (event.envelope !== undefined) {
      bus.deliver(JSON.parse(event.envelope), event.envelope);
      return;
    }
    const told = this.asTold(event);
    if (told.detail['occurredAt'] !== event.detail['occurredAt']) faults.happened('skewedEvents');
    this.#send(event);
  }

  #send(event: TimedEvent): void {
    const { bus, clock, meter } = this.#options;
    const because = putFromOutside(this.asTold(event), bus, meter);
    this.unsent.delete(event);
    if (because === undefined) return;
    if (isRefusedForNow(because)) {
      this.unsent.add(event);
      clock.at(clock.now() + SEND_AGAIN_MS, () => this.#send(event));
    } else this.refused.push({ event, because });
  }
}
