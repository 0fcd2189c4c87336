import type { News } from '../domain/orders/milestones.ts';

/** Starts a stage under a name; a stage of that name that runs or ran is left alone. */
export type JourneyStarter = (
  name: string,
  input: object,
) => Promise<'started' | 'already-started'>;

/** Ends the wait that a token stands for; `gone` when it has ended already. */
export type JourneyWaker = (token: string, news: News) => Promise<'resumed' | 'gone'>;
