import type { JourneyProfile } from '../journeys/classification.ts';
import { planAdvocacy, type PlanInputs, planOnboarding, type StagePlan } from '../journeys/plan.ts';
import { currentScore, tellScore } from '../journeys/known-score.ts';
import { nextVisit, type Visit, visitId, visitTouches } from '../journeys/visits.ts';
import { isOutstanding } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { TouchRecord } from '../touches/touch-record.ts';

/** What an order is taken for, and what that means for it, a line each. */
export interface JourneyPlan {
  readonly profile: readonly string[];
  readonly stages: readonly string[];
}

/**
 * How an order is classified and planned by what is known of it now: a stage that has begun went by
 * what was known then.
 */
export const journeyPlanOf = (
  inputs: PlanInputs,
  touches: readonly TouchRecord[],
  now: Instant,
): JourneyPlan => ({
  profile: [...profileInWords(inputs.profile), ...scoreInWords(inputs)],
  stages: isOutstanding(inputs.order)
    ? ['nothing is planned before everything has arrived']
    : [
        stageInWords('onboarding', planOnboarding(inputs), ({ checkInAt, nudgeAt }) =>
          [
            nudgeAt === null ? '' : `nudge without a first use at ${minute(nudgeAt)}`,
            checkInAt === null ? 'no check-in' : `check-in at ${minute(checkInAt)}`,
          ]
            .filter((part) => part !== '')
            .join(', '),
        ),
        stageInWords(
          'advocacy',
          planAdvocacy(inputs),
          ({ answerWithinSeconds }) =>
            `an answer is waited for ${answerWithinSeconds / SECONDS_PER_DAY} days`,
        ),
        repurchaseInWords(inputs, touches, now),
      ],
});

const SECONDS_PER_DAY = 86_400;

const minute = (at: Instant): string => at.slice(0, 16).replace('T', ' ');

const profileInWords = (profile: JourneyProfile): readonly string[] => {
  const [lead] = profile.lines;
  const flags = [
    [profile.isConsumable, 'has consumables'],
    [profile.isHighValue, 'customer of high value'],
    [profile.isFirstInCategory, 'first of its category'],
    [profile.isGift, 'gift'],
    [profile.isHighRisk, 'was in review'],
    [profile.isBackordered, 'waited for stock'],
    [profile.isInternational, 'international'],
    [profile.isDiscounted, 'discounted'],
    [profile.shippingMethod !== 'standard', profile.shippingMethod],
  ] as const;
  const missing = profile.missing.map(({ sku, fact }) => `${sku}: ${fact}`);
  return [
    `${profile.productClass}, led by ${lead?.product.sku ?? 'nothing'}, price band ${profile.priceBand}`,
    `${profile.tenure} customer, order ${profile.orderCount}`,
    ...flags.flatMap(([isSo, what]) => (isSo ? [what] : [])),
    ...(missing.length === 0 ? [] : [`missing facts: ${missing.join(', ')}`]),
  ];
};

/** What is expected of the customer, and whether visits go by it. */
const scoreInWords = (inputs: PlanInputs): readonly string[] => {
  const { score } = inputs;
  if (score === undefined) return [];
  const told = tellScore(score);
  return [
    currentScore(inputs) === undefined ? `${told}; made before their last order, not used` : told,
  ];
};

const stageInWords = <Input>(
  stage: string,
  plan: StagePlan<Input>,
  detail: (input: Input) => string,
): string =>
  plan.kind === 'skip'
    ? `${stage}: none, ${plan.because}`
    : `${stage}: from ${minute(plan.at)}, ${detail(plan.input)}`;

const repurchaseInWords = (
  inputs: PlanInputs,
  touches: readonly TouchRecord[],
  now: Instant,
): string => {
  const done = touches.flatMap(({ touch, subjects }) =>
    isVisit(touch) ? [visitId({ touch, subjects })] : [],
  );
  const lastVisit = touches
    .filter(({ touch, decidedAt }) => isVisit(touch) && decidedAt <= now)
    .map(({ decidedAt }) => decidedAt)
    .toSorted()
    .at(-1);
  const next = nextVisit(inputs, done, lastVisit);
  return next === undefined
    ? 'repurchase: nothing more'
    : `repurchase: next ${next.touch} at ${minute(next.at)}${next.subjects.length === 0 ? '' : ` (${next.subjects.join(', ')})`}`;
};

const isVisit = (touch: string): touch is Visit['touch'] =>
  visitTouches.some((each) => each === touch);
