import type { Consent, Customer } from '../customers/customer.ts';
import { isOutstanding, type Order, toDispatch } from '../orders/order.ts';
import type { Channel, Purpose, Touch } from '../touches/touch.ts';
import type { DropReason, RuleResult, TouchDecision } from './decision.ts';

export interface PolicyInputs {
  readonly touch: Touch;
  readonly order: Order;
  /** Absent for a guest nothing is known of. */
  readonly customer?: Customer | undefined;
}

/**
 * Decides whether, and by which channel, a touch goes out now. Pure: the same inputs give the same
 * decision, and every rule that was asked is in it.
 */
export const decideContact = (inputs: PolicyInputs): TouchDecision => {
  const [reason, relevance] = judgeRelevance(inputs);
  if (reason !== undefined) return { kind: 'drop', reason, rules: [relevance] };

  const judged = inputs.touch.channels.map((channel) => judgeChannel(inputs, channel));
  const rules = [relevance, ...judged.flatMap((channel) => channel.rules)];
  const [first] = inputs.touch.channels;
  const open = judged.find((channel) => channel.refusal === undefined);
  if (open === undefined || first === undefined)
    return { kind: 'drop', reason: judged[0]?.refusal ?? 'no-address', rules };
  return open.channel === first
    ? { kind: 'send', channel: first, rules }
    : { kind: 'reroute', from: first, channel: open.channel, rules };
};

type Judgement = readonly [DropReason | undefined, RuleResult];

const pass = (rule: RuleResult['rule'], because: string, channel?: Channel): Judgement => [
  undefined,
  { rule, channel, verdict: 'pass', because },
];

const refuse = (
  reason: DropReason,
  rule: RuleResult['rule'],
  because: string,
  channel?: Channel,
): Judgement => [reason, { rule, channel, verdict: 'refuse', because }];

const judgeRelevance = ({ touch, order }: PolicyInputs): Judgement => {
  if (order.test) return refuse('test-order', 'relevance', 'the order is a test order');
  if (touch.relevance === 'while-outstanding' && !isOutstanding(order))
    return refuse(
      'no-longer-relevant',
      'relevance',
      'nothing of the order is outstanding any more',
    );
  if (touch.relevance === 'while-waiting' && !isWaiting(order))
    return refuse('no-longer-relevant', 'relevance', 'no backordered line is waiting any more');
  if (touch.relevance === 'while-in-review' && order.risk !== 'review')
    return refuse('no-longer-relevant', 'relevance', 'the order is not in review any more');
  return pass('relevance', `the order still gives reason for ${touch.name}`);
};

const isWaiting = (order: Order): boolean =>
  order.lines.some((line) => line.backordered && toDispatch(order, line) > 0);

interface ChannelJudgement {
  readonly channel: Channel;
  readonly refusal?: DropReason | undefined;
  readonly rules: readonly RuleResult[];
}

const judgeChannel = (inputs: PolicyInputs, channel: Channel): ChannelJudgement => {
  const judgements = [judgeAddress, judgeSuppression, judgeConsent].map((judge) =>
    judge(inputs, channel),
  );
  const refusal = judgements.map(([reason]) => reason).find((reason) => reason !== undefined);
  return { channel, refusal, rules: judgements.map(([, rule]) => rule) };
};

type JudgeChannel = (inputs: PolicyInputs, channel: Channel) => Judgement;

const judgeAddress: JudgeChannel = ({ order, customer }, channel) =>
  addressOf({ order, customer }, channel) === undefined
    ? refuse(
        'no-address',
        'address',
        `neither order nor customer has an address for ${channel}`,
        channel,
      )
    : pass('address', `an address for ${channel} is known`, channel);

const judgeSuppression: JudgeChannel = ({ customer }, channel) => {
  const suppression = customer?.suppressions[channel];
  return suppression === undefined
    ? pass('suppression', `${channel} is not suppressed`, channel)
    : refuse('suppressed', 'suppression', `${suppression.reason} at ${suppression.at}`, channel);
};

const judgeConsent: JudgeChannel = ({ touch, customer }, channel) => {
  const consent = customer?.consents[`${touch.purpose}/${channel}`];
  const allowed = isAllowed(touch.purpose, consent);
  const because = `${touch.purpose} by ${channel} ${consentInWords(consent)}`;
  return allowed
    ? pass('consent', because, channel)
    : refuse('no-consent', 'consent', because, channel);
};

/** A transaction is answered; service goes out until refused; marketing only when agreed to. */
const isAllowed = (purpose: Purpose, consent: Consent | undefined): boolean => {
  switch (purpose) {
    case 'transactional':
      return true;
    case 'service':
      return consent?.state !== 'withdrawn';
    case 'marketing':
      return consent?.state === 'granted';
  }
};

const consentInWords = (consent: Consent | undefined): string =>
  consent === undefined
    ? 'was never asked about'
    : `was ${consent.state} at ${consent.at} (${consent.source})`;

/** Where a message on this channel goes: what the order says, or else what is known of the customer. */
export const addressOf = (
  { order, customer }: Pick<PolicyInputs, 'order' | 'customer'>,
  channel: Channel,
): string | undefined => {
  switch (channel) {
    case 'email':
      return order.contact.email ?? customer?.profile.email;
  }
};
