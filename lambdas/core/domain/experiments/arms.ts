import type { Instant } from '../orders/order-event.ts';
import type { Channel, Touch } from '../touches/touch.ts';
import { assignArm } from './assignment.ts';
import {
  type Experiments,
  HOLDOUT,
  type Incentive,
  isTreatment,
  type PlannedArm,
  type TouchExperiment,
} from './experiment.ts';

/** Which arm of an experiment a customer is in. */
export interface DrawnArm {
  readonly experiment: string;
  readonly arm: string;
}

/** What arms are drawn by. Neither the channel nor the order is: an arm is the customer's wherever it shows. */
export interface Drawing {
  readonly shop: string;
  readonly touch: Pick<Touch, 'name' | 'purpose'>;
  /** Of merged customers the id that was known first; absent where nobody is known, who takes no part. */
  readonly assignmentId: string | undefined;
  /** When the journey asked for the touch: one that waits is not moved into or out of an experiment. */
  readonly askedAt: Instant;
}

/** What arms of an offer are drawn by. */
export interface OfferDrawing extends Pick<Drawing, 'shop' | 'assignmentId'> {
  readonly offerId: string;
  /** When the page was opened. */
  readonly at: Instant;
}

/**
 * The arms that show on a touch, if it goes. Who is in the holdout takes no part in any other experiment: they get
 * what a shop without experiments would send.
 */
export const armsFor = (
  experiments: Experiments,
  { shop, touch, assignmentId, askedAt }: Drawing,
): readonly DrawnArm[] => {
  if (assignmentId === undefined) return [];
  const { holdout } = experiments;
  const isHeldOut = isInHoldout(experiments, assignmentId);
  const ofHoldout =
    holdout !== undefined && holdout.share > 0 && isTreatment(holdout, touch)
      ? [{ experiment: HOLDOUT.key, arm: isHeldOut ? HOLDOUT.heldOut : HOLDOUT.treated }]
      : [];
  if (isHeldOut) return ofHoldout;
  return [
    ...ofHoldout,
    ...experiments.experiments
      .filter((each) => shows(each, { shop, touch, askedAt }))
      .flatMap((each) => armOf(each, assignmentId) ?? []),
  ];
};

/** The arms that show on an offer of a confirmation page, each with the variant that it shows, if it shows one. */
export const offerArms = (
  experiments: Experiments,
  { shop, offerId, assignmentId, at }: OfferDrawing,
): readonly (DrawnArm & Pick<PlannedArm, 'variant'>)[] =>
  assignmentId === undefined || isInHoldout(experiments, assignmentId)
    ? []
    : experiments.experiments
        .filter((each) => each.offers?.includes(offerId) === true && runs(each, shop, at))
        .flatMap((each) => {
          const drawn = armOf(each, assignmentId);
          return drawn === undefined ? [] : [{ ...drawn, variant: each.arms[drawn.arm]?.variant }];
        });

/** Whether the customer is among those who get no treatment, by page or by message. */
export const isInHoldout = ({ holdout }: Experiments, assignmentId: string): boolean => {
  if (holdout === undefined || holdout.share === 0) return false;
  const arms = [
    { name: HOLDOUT.heldOut, share: holdout.share },
    { name: HOLDOUT.treated, share: 1 - holdout.share },
  ];
  return assignArm({ key: HOLDOUT.key, arms }, assignmentId) === HOLDOUT.heldOut;
};

const shows = (
  experiment: TouchExperiment,
  { shop, touch, askedAt }: Omit<Drawing, 'assignmentId'>,
): boolean => experiment.touches.includes(touch.name) && runs(experiment, shop, askedAt);

const runs = ({ shops, from, until }: TouchExperiment, shop: string, at: Instant): boolean => {
  const day = at.slice(0, from.length);
  return (shops?.includes(shop) ?? true) && day >= from && day < until;
};

/**
 * The customer's arm of one experiment; absent who takes no part.
 *
 * The shares are of all customers: their sum says who takes part, and then each is a part of that.
 */
export const armOf = (
  { key, arms }: TouchExperiment,
  assignmentId: string,
): DrawnArm | undefined => {
  const all = Object.entries(arms);
  const traffic = Math.min(
    1,
    all.reduce((sum, [, { share }]) => sum + share, 0),
  );
  const experiment = {
    key,
    arms: all.map(([name, { share }]) => ({ name, share: share / traffic })),
    traffic,
  };
  const arm = assignArm(experiment, assignmentId);
  return arm === undefined ? undefined : { experiment: key, arm };
};

/** What the arms make of a touch. */
export interface Treatment {
  readonly arms: readonly DrawnArm[];
  readonly isHeldOut: boolean;
  /** How long it waits before it may go. */
  readonly delay?: (DrawnArm & Pick<PlannedArm, 'delayHours' | 'atHour'>) | undefined;
  /** The channel that is tried first. */
  readonly first?: Channel | undefined;
  readonly variant?: string | undefined;
  readonly incentive?: Incentive | undefined;
}

export const noTreatment: Treatment = { arms: [], isHeldOut: false };

/** What is done with a touch in these arms; those of an experiment that is configured no more do nothing. */
export const treatmentOf = ({ experiments }: Experiments, arms: readonly DrawnArm[]): Treatment => {
  let treatment: Treatment = {
    arms,
    isHeldOut: arms.some(
      ({ experiment, arm }) => experiment === HOLDOUT.key && arm === HOLDOUT.heldOut,
    ),
  };
  for (const drawn of arms) {
    const planned = experiments.find(({ key }) => key === drawn.experiment)?.arms[drawn.arm];
    if (planned !== undefined) treatment = { ...treatment, ...effectOf(drawn, planned) };
  }
  return treatment;
};

const effectOf = (
  drawn: DrawnArm,
  { delayHours, atHour, variant, first, incentive }: PlannedArm,
): Partial<Treatment> => ({
  ...(delayHours === undefined && atHour === undefined
    ? {}
    : { delay: { ...drawn, delayHours, atHour } }),
  ...(first === undefined ? {} : { first }),
  ...(variant === undefined ? {} : { variant }),
  ...(incentive === undefined ? {} : { incentive }),
});
