import type { Cloud } from './assembly/cloud.ts';
import type { VirtualClock } from './clock.ts';
import { type StageEnd, StageLog } from './invariants/stage-log.ts';
import type { AsyncInvocations } from './services/async-invocations.ts';
import { type DeadLetter, deadLettersIn } from './services/dead-letters.ts';
import type { EventBus } from './services/event-bus.ts';
import type { Queues } from './services/queues.ts';
import { Redrives } from './services/redrives.ts';
import type { StateMachines } from './services/state-machines.ts';

export interface LooseEndsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly bus: EventBus;
  readonly queues: Queues;
  readonly invocations: AsyncInvocations;
  readonly machines: StateMachines;
}

/** A message of a queue that a function works off. */
export interface Underway {
  /** Its logical id. */
  readonly queue: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sentMs: number;
}

/** What a rehearsal has begun and not ended, and who sees to it. */
export class LooseEnds {
  readonly #options: LooseEndsOptions;
  readonly #stages: StageLog;
  readonly #redrives: Redrives;

  constructor(options: LooseEndsOptions) {
    const { bus, clock } = options;
    this.#options = options;
    this.#stages = new StageLog(() => clock.now());
    this.#redrives = new Redrives(options);
    bus.listen(this.#stages.hear);
  }

  /** The execution that waits for each token. */
  get openTokens(): ReadonlyMap<string, string> {
    return this.#options.machines.engine.openTokens;
  }

  /** Which stages of journeys were told to have ended. */
  get stageEnds(): readonly StageEnd[] {
    return this.#stages.ends;
  }

  /** Messages that were given up and that an operator had tried again, as the runbook says. */
  get redriven(): number {
    return this.#redrives.count;
  }

  /** What lies in the queues that no function works off: parked events, undelivered messages. */
  deadLetters(): readonly DeadLetter[] {
    return deadLettersIn(this.#options.queues);
  }

  /** What queues have that a function works off and has not yet. */
  underway(): readonly Underway[] {
    return this.#options.queues.underway().map(({ queue: { logicalId: queue }, message }) => {
      const { body, sentAtMs: sentMs } = message;
      return { queue, body, sentMs };
    });
  }

  /** Has an operator come by every day, and once more when that is over. */
  watch(untilMs: number): void {
    this.#redrives.start(untilMs);
  }
}
