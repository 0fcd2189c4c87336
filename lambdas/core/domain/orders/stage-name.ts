/** The stages of a journey, in their order. */
export const stages = ['fulfilment', 'onboarding', 'advocacy', 'repurchase'] as const;

export type Stage = (typeof stages)[number];

/** Stages that stand still until something is known of their order. */
export const waitingStages = ['fulfilment', 'onboarding', 'advocacy'] as const;

export type WaitingStage = (typeof waitingStages)[number];

/** Step Functions allows names of 80 characters, Scheduler of 64. */
const maxName = { execution: 80, schedule: 64 } as const;

/** Kept free for the hash that stands in for what does not fit. */
const HASH_LENGTH = 16;

interface StageRef {
  readonly shop: string;
  readonly orderId: string;
  /** A stage, or a stage and what of it: `repurchase-cross-sell`. */
  readonly stage: string;
}

/** A stable hash in hexadecimal, for ids that a name cannot hold as they are. */
type Hash = (text: string) => string;

/**
 * The name of the one execution of a stage for an order: starting it again under the same name
 * starts nothing. A shop's id and a stage have no `_`, so two orders never share a name.
 */
export const executionName = (ref: StageRef, hash: Hash): string =>
  nameOf(ref, hash, maxName.execution);

/** The name of the one schedule that starts a stage, or a visit of it, for an order. */
export const scheduleName = (ref: StageRef, hash: Hash): string =>
  nameOf(ref, hash, maxName.schedule);

const nameOf = ({ shop, orderId, stage }: StageRef, hash: Hash, maxLength: number): string => {
  const plain = `${shop}_${orderId}_${stage}`;
  if (/^[\w-]+$/.test(plain) && plain.length <= maxLength) return plain;
  // A dot never stands in a plain name, so a hashed one cannot equal it.
  const end = `.${hash(`${shop}#${orderId}`).slice(0, HASH_LENGTH)}_${stage}`;
  const legible = `${shop}_${orderId}`.replace(/[^\w-]/g, '-');
  return `${legible.slice(0, maxLength - end.length)}${end}`;
};
