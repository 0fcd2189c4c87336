import { type Consent, consentOf } from '../customers/consent.ts';
import { activeDevices } from '../customers/customer.ts';
import { emailOf, inboxOf, phoneOf } from '../customers/reach.ts';
import { noTreatment } from '../experiments/arms.ts';
import { delayedUntil } from '../experiments/delay.ts';
import { toDispatch } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel } from '../touches/touch.ts';
import type { CapVerdict } from './caps.ts';
import { consentRuleIn, fulfils } from './consent-rules.ts';
import type { ChannelVerdict, PolicyInputs } from './policy-inputs.ts';
import type { DropReason, HoldReason, RuleResult } from './decision.ts';
import {
  isIn,
  type RulesAbout,
  rulesAbout,
  type SuppressionReason,
  suppressionReasons,
} from './policy.ts';
import { openFrom } from './quiet-hours.ts';

/** What one rule says of a channel. */
interface Finding {
  readonly result: RuleResult;
  readonly refusal: DropReason | undefined;
  readonly wait: Wait | undefined;
}

type Wait = NonNullable<ChannelVerdict['wait']>;

/**
 * Asks every rule of the policy about one channel, in order: may it at all, and then when.
 *
 * @param caps what those leave that limit the touch on any channel
 */
export const judgeChannel = (
  inputs: PolicyInputs,
  channel: Channel,
  caps: readonly CapVerdict[],
): ChannelVerdict => {
  const about = rulesAbout(inputs.policy, inputs.touch.purpose, channel);
  const findings = [
    judgeAddress(inputs, channel),
    ...judgeSuppression(inputs, about, channel),
    judgeConsent(inputs, about, channel),
    ...judgeBudget(inputs, channel),
    ...judgeCapsOf(about, caps, channel),
  ];
  findings.push(...judgeDelay(inputs, channel, longestWait(findings)?.until ?? inputs.now));
  const wait = longestWait(findings);
  const quiet = judgeQuietHours(inputs, about, channel, wait?.until ?? inputs.now);
  findings.push(quiet);
  return {
    channel,
    refusal: findings.find(({ refusal }) => refusal !== undefined)?.refusal,
    // Quiet hours at its end do not change what it waits for.
    wait:
      quiet.wait === undefined
        ? wait
        : { until: quiet.wait.until, reason: (wait ?? quiet.wait).reason },
    rules: findings.map(({ result }) => result),
  };
};

const longestWait = (findings: readonly Finding[]): Wait | undefined => {
  let longest: Wait | undefined;
  for (const { wait } of findings)
    if (wait !== undefined && (longest === undefined || wait.until > longest.until)) longest = wait;
  return longest;
};

const pass = (rule: RuleResult['rule'], because: string, channel: Channel): Finding => ({
  result: { rule, channel, verdict: 'pass', because },
  refusal: undefined,
  wait: undefined,
});

const refuse = (
  refusal: DropReason,
  rule: RuleResult['rule'],
  because: string,
  channel: Channel,
): Finding => ({
  result: { rule, channel, verdict: 'refuse', because },
  refusal,
  wait: undefined,
});

const holdUntil = (
  wait: Wait,
  rule: RuleResult['rule'],
  because: string,
  channel: Channel,
): Finding => ({
  result: { rule, channel, verdict: 'hold', because },
  refusal: undefined,
  wait,
});

const judgeAddress = (inputs: PolicyInputs, channel: Channel): Finding => {
  if (channel === 'insert')
    return inputs.order.lines.some((line) => toDispatch(inputs.order, line) > 0)
      ? pass('address', 'something is still to be packed', channel)
      : refuse('no-address', 'address', 'nothing is to be packed any more', channel);
  return hasAddress(inputs, channel)
    ? pass('address', `an address for ${channel} is known`, channel)
    : refuse('no-address', 'address', `no address for ${channel} is known`, channel);
};

const hasAddress = (
  { order: { contact }, customer }: PolicyInputs,
  channel: Exclude<Channel, 'insert'>,
): boolean => {
  const knowing = { contact, customer };
  switch (channel) {
    case 'email':
      return emailOf(knowing) !== undefined;
    case 'sms':
      return phoneOf(knowing) !== undefined;
    case 'push':
      return customer !== undefined && activeDevices(customer).length > 0;
    case 'inbox':
      return inboxOf(knowing) !== undefined;
    case 'audience':
      return (emailOf(knowing) ?? phoneOf(knowing)) !== undefined;
  }
};

/** Whether the address may be used, and whether something about the customer or an order keeps it back. */
const judgeSuppression = (
  { touch, suppressed, trouble, regions, now }: PolicyInputs,
  about: RulesAbout,
  channel: Channel,
): readonly Finding[] => {
  const findings: Finding[] = [];
  const of = suppressed[channel];
  if (of !== undefined) {
    const because = `the address ${of.reason} at ${of.at}`;
    // A complaint ends what is not asked for; what a customer ordered is still told.
    const isTold = of.reason === 'complained' && touch.purpose === 'transactional';
    findings.push(
      isTold
        ? pass('suppression', `${because}, which does not end transactions`, channel)
        : refuse('suppressed', 'suppression', because, channel),
    );
  }
  for (const when of suppressionReasons) {
    const since = trouble[when];
    if (since === undefined) continue;
    const rule = about.suppression.find(
      (each) =>
        each.when === when && each.except?.includes(touch.name) !== true && isIn(each, regions),
    );
    findings.push(troubleFinding(when, since, rule, now, channel));
  }
  return findings.length > 0 ? findings : [pass('suppression', 'nothing keeps it back', channel)];
};

const troubleReasons: Readonly<Record<SuppressionReason, HoldReason & DropReason>> = {
  'open-case': 'open-case',
  'open-return': 'return-opened',
  dispute: 'disputed',
  'bad-answer': 'dissatisfied',
};

const DAY_MS = 86_400_000;

const troubleFinding = (
  when: SuppressionReason,
  since: Instant,
  rule: RulesAbout['suppression'][number] | undefined,
  now: Instant,
  channel: Channel,
): Finding => {
  if (rule === undefined)
    return pass('suppression', `${when} since ${since} does not keep it back`, channel);
  const until = new Date(Date.parse(since) + rule.days * DAY_MS).toISOString();
  const because = `${when} since ${since}, which keeps it back for ${rule.days} days`;
  if (until <= now) return pass('suppression', `${because}: they are over`, channel);
  const reason = troubleReasons[when];
  return rule.effect === 'drop'
    ? refuse(reason, 'suppression', because, channel)
    : holdUntil({ until, reason }, 'suppression', because, channel);
};

const judgeConsent = (
  { touch, customer, regions, legalEntity }: PolicyInputs,
  about: RulesAbout,
  channel: Channel,
): Finding => {
  const { purpose } = touch;
  const rule = consentRuleIn(about, regions);
  const consent = customer === undefined ? undefined : consentOf(customer, purpose, channel);
  const also = rule.orSoftOptIn === true ? ' or soft-opt-in' : '';
  const because = `${purpose} by ${channel} needs ${rule.needs}${also}; ${consentInWords(consent)}`;
  return fulfils(rule, consent, legalEntity)
    ? pass('consent', because, channel)
    : refuse('no-consent', 'consent', because, channel);
};

const consentInWords = (consent: Consent | undefined): string => {
  if (consent === undefined) return 'nothing was said';
  const { state, at, source, basis, confirmed, legalEntity } = consent;
  const how = state === 'granted' ? ` as ${basis}${confirmed ? ', confirmed' : ''}` : '';
  const whom = legalEntity === undefined ? '' : ` for ${legalEntity}`;
  return `${state}${how}${whom} at ${at} (${source})`;
};

const judgeBudget = (
  { policy, touch, smsBudgetSpent }: PolicyInputs,
  channel: Channel,
): readonly Finding[] => {
  if (channel !== 'sms' || smsBudgetSpent === undefined) return none;
  const share = policy.smsBudgetShare[touch.purpose];
  const because = `${percent(smsBudgetSpent)} of the month's SMS budget is spent, ${touch.purpose} stops at ${percent(share)}`;
  return [
    smsBudgetSpent < share
      ? pass('budget', because, channel)
      : refuse('budget-spent', 'budget', because, channel),
  ];
};

const none: readonly Finding[] = [];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const judgeCapsOf = (
  about: RulesAbout,
  verdicts: readonly CapVerdict[],
  channel: Channel,
): readonly Finding[] => {
  if (about.caps.length === 0) return none;
  return verdicts
    .filter(({ cap }) => about.caps.includes(cap))
    .map(({ cap, used, freeAt, givesWay }) => {
      const because = `${cap.name}: ${used} of ${cap.max} within ${cap.hours} hours`;
      if (freeAt === undefined) return pass('cap', because, channel);
      const reason = givesWay ? 'gives-way' : 'cap-reached';
      const why = givesWay ? `${because}, and more important touches wait` : because;
      return holdUntil({ until: freeAt, reason }, 'cap', why, channel);
    });
};

/**
 * An experiment on timing keeps it back until its arm's time; what holds at that time is asked then.
 *
 * @param from when nothing of the above keeps it back any more
 */
const judgeDelay = (inputs: PolicyInputs, channel: Channel, from: Instant): readonly Finding[] => {
  const { delay } = inputs.treatment ?? noTreatment;
  if (delay === undefined) return none;
  const { askedAt = inputs.now, zones, now } = inputs;
  const until = delayedUntil(delay, { askedAt, from, zone: zones[0] });
  const because = `${delay.experiment}: in arm ${delay.arm} it goes from ${until} on`;
  return [
    until <= now
      ? pass('experiment', because, channel)
      : holdUntil({ until, reason: 'experiment' }, 'experiment', because, channel),
  ];
};

/** @param from when nothing else keeps it back any more */
const judgeQuietHours = (
  { regions, zones }: PolicyInputs,
  about: RulesAbout,
  channel: Channel,
  from: Instant,
): Finding => {
  const rules = about.quietHours.filter((each) => isIn(each, regions));
  if (rules.length === 0) return pass('quiet-hours', 'none for it', channel);
  const open = openFrom(rules, zones, from);
  const where = zones.join(', ');
  if (open === from) return pass('quiet-hours', `not quiet in ${where} at ${from}`, channel);
  if (open === undefined)
    return refuse('no-open-hour', 'quiet-hours', `no hour is open in all of ${where}`, channel);
  const wait = { until: open, reason: 'quiet-hours' } as const;
  return holdUntil(wait, 'quiet-hours', `quiet in ${where} until ${open}`, channel);
};
