import type { Consent, Customer } from '../customers/customer.ts';
import { toDispatch } from '../orders/order.ts';
import type { Channel, Purpose, ShopPage } from '../touches/touch.ts';
import type { DropReason, RuleResult, TouchDecision } from './decision.ts';
import { irrelevanceOf, type RelevanceInputs } from './relevance.ts';

export interface PolicyInputs extends RelevanceInputs {
  /** Absent for a guest nothing is known of. */
  readonly customer?: Customer | undefined;
  /** What the deployment can deliver by. */
  readonly channels: readonly Channel[];
  /** Pages that the shop has, beside those that every shop has. */
  readonly pages: readonly ShopPage[];
}

/**
 * Decides whether, and by which channel, a touch goes out now. Pure: the same inputs give the same
 * decision, and every rule that was asked is in it.
 */
export const decideContact = (inputs: PolicyInputs): TouchDecision => {
  const [reason, relevance] = judgeRelevance(inputs);
  if (reason !== undefined) return { kind: 'drop', reason, rules: [relevance] };

  const deployed = inputs.touch.channels.filter((channel) => inputs.channels.includes(channel));
  const judged = deployed.map((channel) => judgeChannel(inputs, channel));
  const rules = [relevance, ...judged.flatMap((channel) => channel.rules)];
  const [first] = deployed;
  const open = judged.find((channel) => channel.refusal === undefined);
  if (first === undefined)
    return { kind: 'drop', reason: 'no-channel', rules: [...rules, noChannel] };
  if (open === undefined)
    return { kind: 'drop', reason: judged[0]?.refusal ?? 'no-address', rules };
  return open.channel === first
    ? { kind: 'send', channel: first, rules }
    : { kind: 'reroute', from: first, channel: open.channel, rules };
};

const noChannel: RuleResult = {
  rule: 'address',
  verdict: 'refuse',
  because: 'the deployment has none of its channels',
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

const judgeRelevance = (inputs: PolicyInputs): Judgement => {
  const { touch, order, pages } = inputs;
  if (order.test) return refuse('test-order', 'relevance', 'the order is a test order');
  if (touch.page !== undefined && !pages.includes(touch.page))
    return refuse('no-page', 'relevance', `the shop has no ${touch.page} page`);
  const irrelevance = irrelevanceOf(inputs);
  return irrelevance === undefined
    ? pass('relevance', `the order still gives reason for ${touch.name}`)
    : refuse(irrelevance.reason, 'relevance', irrelevance.because);
};

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

const judgeAddress: JudgeChannel = ({ order, customer }, channel) => {
  if (channel === 'insert')
    return order.lines.some((line) => toDispatch(order, line) > 0)
      ? pass('address', 'something is still to be packed', channel)
      : refuse('no-address', 'address', 'nothing is to be packed any more', channel);
  return addressOf({ order, customer }, channel) === undefined
    ? refuse(
        'no-address',
        'address',
        `neither order nor customer has an address for ${channel}`,
        channel,
      )
    : pass('address', `an address for ${channel} is known`, channel);
};

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
    case 'sms':
      return order.contact.phone ?? customer?.profile.phone;
    case 'push':
    case 'insert':
      return undefined;
  }
};
