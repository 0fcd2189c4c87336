import type { News } from '#core/domain/orders/milestones.ts';
import type { JourneyStarter, JourneyWaker } from '#core/ports/journeys.ts';

export interface InMemoryJourneys {
  readonly start: JourneyStarter;
  readonly wake: JourneyWaker;
  /** By execution name. */
  readonly started: ReadonlyMap<string, object>;
  /** Each token that was answered, with the one answer that ended its wait. */
  readonly answers: ReadonlyMap<string, News>;
}

/** @param breaks whether Step Functions cannot be reached this time */
export const inMemoryJourneys = (breaks: () => boolean = () => false): InMemoryJourneys => {
  const started = new Map<string, object>();
  const answers = new Map<string, News>();
  return {
    started,
    answers,
    start: async (name, input) => {
      if (started.has(name)) return 'already-started';
      started.set(name, input);
      return 'started';
    },
    wake: async (token, news) => {
      if (breaks()) throw new Error('Step Functions cannot be reached');
      if (answers.has(token)) return 'gone';
      answers.set(token, news);
      return 'resumed';
    },
  };
};
