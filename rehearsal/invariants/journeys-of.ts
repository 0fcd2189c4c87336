import type { Evidence } from './evidence.ts';
import { orderIn } from './invariant.ts';
import type { StageEnd } from './stage-log.ts';

/** Outcomes after which an order's journey goes no further. */
const finalOutcomes: ReadonlySet<string> = new Set([
  'cancelled',
  'stalled',
  'given-back',
  'disputed',
  'not-delivered',
]);

/** What has to come after a stage that ended: it is planned, runs, ran, or was passed over with a reason. */
export const nextStageOf = ({
  stage,
  outcome,
}: Pick<StageEnd, 'stage' | 'outcome'>): readonly string[] => {
  if (finalOutcomes.has(outcome)) return [];
  if (stage === 'fulfilment') return ['onboarding'];
  return stage === 'onboarding' ? ['advocacy', 'repurchase'] : [];
};

/** The orders that a stage is planned for, runs or ran for, or has passed over. */
export const startedOf = (evidence: Evidence, stage: string): ReadonlySet<string> => {
  const known = stages.get(evidence) ?? allStages(evidence);
  stages.set(evidence, known);
  return known.get(stage) ?? new Set();
};

type Stages = ReadonlyMap<string, ReadonlySet<string>>;

/** Asked for by every order. */
const stages = new WeakMap<Evidence, Stages>();

const allStages = ({ executions, scheduled, stageEnds }: Evidence): Stages => {
  const all = [
    // `<shop>_<order>_<stage>`, of a visit `…_repurchase-<touch>`.
    ...executions.map(({ name, input }) => ({
      stage: name.split('_').at(-1)?.split('-')[0] ?? '',
      order: orderIn({ ...Object(input) }),
    })),
    ...scheduled.map(({ input }) => {
      const due: Readonly<Record<string, unknown>> = { ...Object(JSON.parse(input)) };
      return { stage: String(due['stage']), order: orderIn(due) };
    }),
    ...stageEnds.map((end) => ({ stage: end.stage, order: orderIn(end) })),
  ];
  return new Map(
    [...Map.groupBy(all, ({ stage }) => stage)].map(([stage, of]) => [
      stage,
      new Set(of.map(({ order }) => order)),
    ]),
  );
};
