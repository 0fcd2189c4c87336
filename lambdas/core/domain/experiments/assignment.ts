/** Buckets a customer can fall into: shares count in steps of a ten-thousandth. */
const BUCKETS = 10_000;

export interface ExperimentArm {
  readonly name: string;
  readonly share: number;
}

export interface Experiment {
  /** Seeds the draw: another key draws anew. It must not change while the experiment runs. */
  readonly key: string;
  /** Their shares sum to 1. Their order must not change while the experiment runs. */
  readonly arms: readonly ExperimentArm[];
  /** The share of customers who take part. @default 1 */
  readonly traffic?: number | undefined;
}

/**
 * The arm of a customer, or undefined when they take no part. Always the same for the same key and id.
 *
 * Arms lie beside each other from bucket 0 up, each as wide as its share, so an arm that grows while
 * no other does keeps all it had. Whether a customer takes part is a draw of its own: more traffic
 * adds customers and moves none.
 *
 * @param customerId the canonical one: two ids of one customer draw twice
 * @throws {RangeError} unless shares are in [0, 1] and sum to 1
 */
export const assignArm = (experiment: Experiment, customerId: string): string | undefined => {
  const { key, arms, traffic = 1 } = checked(experiment);
  if (bucketOf(`${key}:traffic`, customerId) >= bucketsOf(traffic)) return undefined;
  const bucket = bucketOf(key, customerId);
  let share = 0;
  for (const arm of arms) {
    share += arm.share;
    if (bucket < bucketsOf(share)) return arm.name;
  }
  return undefined;
};

const bucketsOf = (share: number): number => Math.round(share * BUCKETS);

const checked = (experiment: Experiment): Experiment => {
  const { key, arms, traffic = 1 } = experiment;
  const wrong = [...arms.map(({ share }) => share), traffic].find(
    (share) => !(share >= 0 && share <= 1),
  );
  if (wrong !== undefined)
    throw new RangeError(`experiment "${key}": got the share ${wrong}, expected 0 to 1`);
  const total = arms.reduce((sum, { share }) => sum + share, 0);
  if (bucketsOf(total) !== BUCKETS)
    throw new RangeError(
      `experiment "${key}": got shares of ${arms.map(({ share }) => share).join(', ')}, expected shares that sum to 1`,
    );
  if (new Set(arms.map(({ name }) => name)).size < arms.length)
    throw new RangeError(`experiment "${key}": got an arm's name twice, expected each once`);
  return experiment;
};

/**
 * 0 to 9,999, evenly: FNV-1a of the seed and the id, written out and hashed again, modulo 10,000. It
 * is version 2 of GrowthBook's hash, in ten-thousandths (growthbook/growthbook, packages/sdk-js).
 * Hashing twice parts seeds that differ little, which one pass of FNV-1a would leave alike.
 */
export const bucketOf = (seed: string, customerId: string): number =>
  fnv1a(String(fnv1a(seed + customerId))) % BUCKETS;

/**
 * FNV-1a of 32 bits over the text's bytes in UTF-8: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake,
 * "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
 */
export const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};
