import { noTreatment } from '../experiments/arms.ts';
import { withArms } from '../experiments/arm-rules.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel } from '../touches/touch.ts';
import { judgeCaps } from './caps.ts';
import type { DropReason, HoldReason, RuleResult, TouchDecision } from './decision.ts';
import { judgeChannel } from './judge-channel.ts';
import { askingOf, type ChannelVerdict, type PolicyInputs } from './policy-inputs.ts';
import { irrelevanceOf } from './relevance.ts';

/**
 * Decides whether, when and by which channel a touch goes out. Pure: the same inputs give the same
 * decision, and every rule that was asked is in it with what it saw.
 */
export const decideContact = (inputs: PolicyInputs): TouchDecision =>
  withArms(inputs.treatment ?? noTreatment, decideTreated(inputs));

const decideTreated = (inputs: PolicyInputs): TouchDecision => {
  const { reason, result } = judgeRelevance(inputs);
  if (reason !== undefined) return { kind: 'drop', reason, rules: [result] };

  const { policy, history, now } = inputs;
  const caps = judgeCaps(policy, askingOf(inputs), history, now);
  const verdicts = channelsInOrder(inputs).map((channel) => judgeChannel(inputs, channel, caps));
  const rules = [result];
  for (const verdict of verdicts) rules.push(...verdict.rules);
  const usable = verdicts.filter(({ refusal }) => refusal === undefined);
  const [preferred] = usable;
  const [first] = verdicts;
  if (first === undefined)
    return { kind: 'drop', reason: 'no-channel', rules: [...rules, noChannel] };
  if (preferred === undefined)
    return { kind: 'drop', reason: first.refusal ?? 'no-address', rules };
  return choose(inputs, first.channel, usable, rules);
};

const noChannel: RuleResult = {
  rule: 'address',
  verdict: 'refuse',
  because: 'the deployment has none of its channels',
};

/** The touch's own first, or an experiment's; then the others as the policy orders them. */
const channelsInOrder = ({
  touch,
  channels,
  policy,
  treatment,
}: PolicyInputs): readonly Channel[] => {
  const first = treatment?.first ?? touch.channels[0];
  const others = touch.channels.filter((channel) => channel !== first);
  const place = (channel: Channel): number => {
    const found = policy.fallback.indexOf(channel);
    return found === -1 ? policy.fallback.length : found;
  };
  const ordered = others.length < 2 ? others : others.toSorted((a, b) => place(a) - place(b));
  return (first === undefined ? [] : [first, ...ordered]).filter((channel) =>
    channels.includes(channel),
  );
};

/** The preferred channel if it opens in time, or else one that is open, or else the first that will be. */
const choose = (
  inputs: PolicyInputs,
  first: Channel,
  usable: readonly ChannelVerdict[],
  rules: readonly RuleResult[],
): TouchDecision => {
  const [preferred, ...others] = usable;
  const wait = preferred?.wait;
  const goes = (channel: Channel, why: readonly RuleResult[]): TouchDecision =>
    channel === first
      ? { kind: 'send', channel, rules: why }
      : { kind: 'reroute', from: first, channel, rules: why };
  if (preferred === undefined || wait === undefined)
    return goes(preferred?.channel ?? first, rules);

  const open = others.find((other) => other.wait === undefined);
  if (open === undefined && others.length === 0) return hold(inputs, wait, rules);
  const patience = judgePatience(inputs, preferred.channel, wait.until);
  const all = [...rules, patience];
  if (patience.verdict === 'hold') return hold(inputs, wait, all);
  if (open !== undefined) return goes(open.channel, all);
  const waits = usable.flatMap((each) => each.wait ?? []);
  return hold(
    inputs,
    waits.reduce((a, b) => (b.until < a.until ? b : a)),
    all,
  );
};

const HOUR_MS = 3_600_000;

/** Whether the touch waits for its first channel though there are others: `hold`. */
const judgePatience = (inputs: PolicyInputs, channel: Channel, until: Instant): RuleResult => {
  const { policy, touch, now } = inputs;
  const hours = policy.patienceHours[touch.purpose];
  const isPatient =
    Date.parse(until) - Date.parse(now) <= hours * HOUR_MS && !isTooLong(inputs, until);
  const because = `${channel} opens at ${until}; ${touch.purpose} waits ${hours} hours for it`;
  return { rule: 'patience', channel, verdict: isPatient ? 'hold' : 'pass', because };
};

const isTooLong = (
  { policy, touch, now, heldSince = now }: PolicyInputs,
  until: Instant,
): boolean =>
  Date.parse(until) - Date.parse(heldSince) > policy.holdDays[touch.purpose] * 24 * HOUR_MS;

/** What ends with what somebody does, often long before the days that the policy gives it at most. */
const endsAnyTime: ReadonlySet<HoldReason> = new Set([
  'open-case',
  'return-opened',
  'disputed',
  'dissatisfied',
]);

const hold = (
  inputs: PolicyInputs,
  { until, reason }: NonNullable<ChannelVerdict['wait']>,
  rules: readonly RuleResult[],
): TouchDecision => {
  if (!isTooLong(inputs, until)) return { kind: 'hold', until, reason, rules };
  const { policy, touch, now, heldSince = now } = inputs;
  const days = policy.holdDays[touch.purpose];
  const last = new Date(Date.parse(heldSince) + days * 24 * HOUR_MS).toISOString();
  if (endsAnyTime.has(reason) && now < last) {
    const waits = `it may end before ${until}; the touch waits for it until ${last}, ${days} days`;
    const patience: RuleResult = { rule: 'patience', verdict: 'hold', because: waits };
    return { kind: 'hold', until: last, reason, rules: [...rules, patience] };
  }
  const because = `it would wait until ${until}, more than ${days} days since ${heldSince}`;
  return {
    kind: 'drop',
    reason: 'held-too-long',
    rules: [...rules, { rule: 'patience', verdict: 'refuse', because }],
  };
};

interface Relevance {
  readonly reason?: DropReason;
  readonly result: RuleResult;
}

const judgeRelevance = (inputs: PolicyInputs): Relevance => {
  const { touch, order, pages } = inputs;
  if (order.test) return irrelevant('test-order', 'the order is a test order');
  if (touch.page !== undefined && !pages.includes(touch.page))
    return irrelevant('no-page', `the shop has no ${touch.page} page`);
  const irrelevance = irrelevanceOf(inputs);
  if (irrelevance !== undefined) return irrelevant(irrelevance.reason, irrelevance.because);
  return {
    result: {
      rule: 'relevance',
      verdict: 'pass',
      because: `the order still gives reason for ${touch.name}`,
    },
  };
};

const irrelevant = (reason: DropReason, because: string): Relevance => ({
  reason,
  result: { rule: 'relevance', verdict: 'refuse', because },
});
