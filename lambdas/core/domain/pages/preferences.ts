import { consentRuleIn, fulfils } from '../contact-policy/consent-rules.ts';
import { type ContactPolicy, rulesAbout } from '../contact-policy/policy.ts';
import { type Consent, consentOf, type Statements } from '../customers/consent.ts';
import type { AskedChannel, AskedPurpose } from './words.ts';

/** One thing that a customer may get or not. */
export interface Choice {
  readonly purpose: AskedPurpose;
  readonly channel: AskedChannel;
  /** Whether it goes to them as things are. */
  readonly isOn: boolean;
  /** What was said of it last. */
  readonly said?: Consent | undefined;
}

export interface Change extends Pick<Choice, 'purpose' | 'channel' | 'said'> {
  readonly state: 'granted' | 'withdrawn';
}

/** Advertisers are shown nothing that would help with a purchase. */
const asked = [
  ...(['email', 'sms', 'push'] as const).map(
    (channel) => ({ purpose: 'service', channel }) as const,
  ),
  ...(['email', 'sms', 'push', 'audience'] as const).map(
    (channel) => ({ purpose: 'marketing', channel }) as const,
  ),
];

export interface Circumstances {
  /** Absent where nothing was said by the customer or of them. */
  readonly customer: Statements | undefined;
  readonly policy: ContactPolicy;
  /** That the customer is in. */
  readonly regions: readonly string[];
  readonly legalEntity: string;
}

/** What holds now, by the policy's rules: what nobody objected to is on where that is enough. */
export const choicesOf = ({
  customer,
  policy,
  regions,
  legalEntity,
}: Circumstances): readonly Choice[] =>
  asked.map(({ purpose, channel }) => {
    const said = customer === undefined ? undefined : consentOf(customer, purpose, channel);
    const rule = consentRuleIn(rulesAbout(policy, purpose, channel), regions);
    return { purpose, channel, said, isOn: fulfils(rule, said, legalEntity) };
  });

/** How a form names a choice. */
export const choiceName = ({ purpose, channel }: Pick<Choice, 'purpose' | 'channel'>): string =>
  `${purpose}.${channel}`;

/** The choices as a form has them; names that it does not ask for are of no meaning. */
export const chosen = (
  choices: readonly Choice[],
  ticked: ReadonlySet<string>,
): readonly Choice[] =>
  choices.map((choice) => ({ ...choice, isOn: ticked.has(choiceName(choice)) }));

/** What differs between what held and what was chosen. */
export const changesOf = (before: readonly Choice[], after: readonly Choice[]): readonly Change[] =>
  after.flatMap(({ purpose, channel, said, isOn: isWanted }, index) =>
    before[index]?.isOn === isWanted
      ? []
      : [
          {
            purpose,
            channel,
            said,
            state: isWanted ? ('granted' as const) : ('withdrawn' as const),
          },
        ],
  );
