import { HOLDOUT } from '#core/domain/experiments/experiment.ts';
import type { Chapter } from './section.ts';
import { books } from './sections/books.ts';
import { channels } from './sections/channels.ts';
import { cost } from './sections/cost.ts';
import { liftOf } from './sections/lift.ts';
import { offers } from './sections/offers.ts';
import { postPurchaseRevenue } from './sections/post-purchase-revenue.ts';
import { retention } from './sections/retention.ts';
import { scores } from './sections/scores.ts';
import { service } from './sections/service.ts';
import { sessions } from './sections/sessions.ts';
import { personalisation, touchFunnel } from './sections/touches.ts';
import { voices } from './sections/voices.ts';

/** What the configuration says of its experiments, as far as the report tells it. */
export interface ReportedExperiments {
  /** Present where some customers are held out. */
  readonly holdout?: object | undefined;
  readonly experiments: readonly {
    readonly key: string;
    readonly hypothesis: string;
    readonly primaryMetric: string;
  }[];
}

/** The report's chapters in their order; of experiments one each, the holdout first. */
export const chaptersOf = ({ holdout, experiments }: ReportedExperiments): readonly Chapter[] => [
  sessions,
  postPurchaseRevenue,
  channels,
  books,
  ...(holdout === undefined ? [] : [ofHoldout]),
  ...experiments.map(({ key, hypothesis, primaryMetric }) =>
    liftOf({ key, title: `Experiment: ${key}`, about: `Expected: ${hypothesis}`, primaryMetric }),
  ),
  retention,
  voices,
  service,
  touchFunnel,
  offers,
  personalisation,
  scores,
  cost,
];

/** What all treatment together brings is judged by all revenue, so that what it merely moves counts for nothing. */
const ofHoldout = liftOf({
  key: HOLDOUT.key,
  title: 'Lift: treated against the holdout',
  about:
    'The holdout gets no treatment by any channel, so the difference is what the programme causes.',
  primaryMetric: 'revenue',
});
