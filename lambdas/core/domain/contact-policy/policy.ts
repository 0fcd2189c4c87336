import type { Channel, Purpose } from '../touches/touch.ts';
import type { QuietHours } from './quiet-hours.ts';

/**
 * What must have been said before a message may go, from the loosest to the strictest:
 * - `nothing`: it goes whatever was said
 * - `no-objection`: until it is refused
 * - `opt-in`: the customer agreed
 * - `double-opt-in`: the customer agreed, and the owner of the address has confirmed it
 */
export const consentNeeds = ['nothing', 'no-objection', 'opt-in', 'double-opt-in'] as const;

export type ConsentNeed = (typeof consentNeeds)[number];

/** What a rule is about; what it does not name it does not look at. */
export interface Scope {
  readonly purposes?: readonly Purpose[] | undefined;
  readonly channels?: readonly Channel[] | undefined;
  /** Names of `regions`. */
  readonly regions?: readonly string[] | undefined;
}

export interface ConsentRule extends Scope {
  readonly needs: ConsentNeed;
  /**
   * Whether it is enough that the customer gave the address with an order, was told of its use for the shop's own
   * similar products, and did not object. @default false
   */
  readonly orSoftOptIn?: boolean | undefined;
}

export interface QuietRule extends Scope, QuietHours {}

/** At most `max` contacts that `counts` covers within any `hours`; only what `limits` covers is held by it. */
export interface Cap {
  /** What the explanation calls it: `marketing a week`. */
  readonly name: string;
  readonly max: number;
  readonly hours: number;
  readonly counts: Omit<Scope, 'regions'>;
  readonly limits: Omit<Scope, 'regions'>;
  /** Touches that it does not limit; they count all the same. */
  readonly except?: readonly string[] | undefined;
}

/** Facts of a customer or an order that keep messages back. */
export const suppressionReasons = ['open-case', 'open-return', 'dispute', 'bad-answer'] as const;

export type SuppressionReason = (typeof suppressionReasons)[number];

export interface SuppressionRule extends Scope {
  readonly when: SuppressionReason;
  /** For how long after it began; then it keeps nothing back any more. */
  readonly days: number;
  /** Whether the touch waits for it to end, or is dropped. */
  readonly effect: 'hold' | 'drop';
  /** Touches that go all the same. */
  readonly except?: readonly string[] | undefined;
}

/** A deployment's rules of contact: `afterglow.policy.ts`. */
export interface ContactPolicy {
  /** Countries, ISO 3166-1, by the region's name; a country may be in several. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
  /** The first that covers a message holds for it. */
  readonly consent: readonly ConsentRule[];
  /** All that cover a message hold for it. */
  readonly quietHours: readonly QuietRule[];
  readonly caps: readonly Cap[];
  readonly suppression: readonly SuppressionRule[];
  /** Touches in order of importance; then come the others, by purpose. */
  readonly priority: readonly string[];
  /** In which order a touch's other channels are tried after its first. */
  readonly fallback: readonly Channel[];
  /** Hours that a touch waits for its first channel to open before it takes one that is open now. */
  readonly patienceHours: Readonly<Record<Purpose, number>>;
  /** Days after which a touch that is held is dropped. */
  readonly holdDays: Readonly<Record<Purpose, number>>;
  /** Share of the month's SMS budget from which on no more is spent on this purpose. */
  readonly smsBudgetShare: Readonly<Record<Purpose, number>>;
}

/** Whether a rule is about a message of this purpose by this channel to these regions. */
export const covers = (
  { purposes, channels, regions }: Scope,
  message: {
    readonly purpose: Purpose;
    readonly channel: Channel;
    readonly regions?: readonly string[];
  },
): boolean =>
  (purposes?.includes(message.purpose) ?? true) &&
  (channels?.includes(message.channel) ?? true) &&
  (regions?.some((region) => message.regions?.includes(region) === true) ?? true);

/** The rules that are about a message of one purpose by one channel, in some region at least. */
export interface RulesAbout {
  readonly consent: readonly ConsentRule[];
  readonly quietHours: readonly QuietRule[];
  readonly suppression: readonly SuppressionRule[];
  /** Caps that limit it. */
  readonly caps: readonly Cap[];
}

/** By policy, which lives as long as the process: the same few purposes and channels are asked about. */
const rulesOfPolicies = new WeakMap<ContactPolicy, Map<string, RulesAbout>>();

/** A policy is read once for each purpose and channel, and must not be changed afterwards. */
export const rulesAbout = (
  policy: ContactPolicy,
  purpose: Purpose,
  channel: Channel,
): RulesAbout => {
  const known = rulesOfPolicies.get(policy) ?? new Map<string, RulesAbout>();
  const key = `${purpose}/${channel}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const isAbout = ({ purposes, channels }: Scope): boolean =>
    covers({ purposes, channels }, { purpose, channel });
  const rules: RulesAbout = {
    consent: policy.consent.filter(isAbout),
    quietHours: policy.quietHours.filter(isAbout),
    suppression: policy.suppression.filter(isAbout),
    caps: policy.caps.filter(({ limits }) => isAbout(limits)),
  };
  rulesOfPolicies.set(policy, known.set(key, rules));
  return rules;
};

/** Whether a rule holds in one of these regions. */
export const isIn = ({ regions }: Scope, of: readonly string[]): boolean =>
  regions?.some((region) => of.includes(region)) ?? true;

/** The regions that a country is in. */
export const regionsOf = (
  { regions }: Pick<ContactPolicy, 'regions'>,
  country: string | undefined,
): readonly string[] =>
  country === undefined
    ? []
    : Object.keys(regions).filter((name) => regions[name]?.includes(country) === true);
