import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import config from '#config';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { channelOf } from '#core/domain/contact-policy/decision.ts';
import { type ContactPolicy, covers } from '#core/domain/contact-policy/policy.ts';
import { allChannels, allPurposes, type Channel } from '#core/domain/touches/touch.ts';
import { histories, told } from '#tests/unit/orders/histories.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import {
  contact,
  customerWith,
  heldTouch,
  inputsOf,
  NOON,
  reachable,
  said,
  smallPolicy,
} from './policy-inputs.ts';

const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

const purpose = fc.constantFrom(...allPurposes);
const hours = fc.integer({ min: 2, max: 400 });

const consents = fc.array(
  fc
    .record({
      purpose,
      channel: fc.constantFrom('email', 'sms', 'push', 'inbox', 'audience'),
      state: fc.constantFrom('granted', 'withdrawn'),
      basis: fc.constantFrom('consent', 'soft-opt-in'),
      confirmed: fc.boolean(),
    })
    .map(said),
  { maxLength: 8 },
);

const suppression = fc.constant({ reason: 'opted-out', at: at(1) } as const);

const contacts = fc.array(
  fc
    .record({ hours, purpose, channel: fc.constantFrom(...allChannels) })
    .map(({ hours: when, ...rest }) => contact(NOON - when / 2, rest)),
  { maxLength: 6 },
);

const held = fc.uniqueArray(
  fc
    .record({
      until: fc.integer({ min: -4, max: 4 }),
      since: fc.integer({ min: 1, max: 4 }),
      touch: fc.constantFrom('care', 'survey', 'offer', 'unranked'),
      purpose,
    })
    .map(({ until, since, ...rest }) =>
      heldTouch(NOON + until / 4, { ...rest, touchId: `${until}/${since}`, since: at(since) }),
    ),
  { maxLength: 6, selector: ({ touchId }) => touchId },
);

/** Everything that a decision looks at, sense or nonsense. */
const questions = fc
  .record({
    history: fc.record({ contacts, held }),
    consents,
    touch: fc.record({
      name: fc.constantFrom('care', 'survey', 'offer', 'unranked'),
      purpose,
      channels: fc.shuffledSubarray([...allChannels], { minLength: 1 }),
    }),
    suppressed: fc.record({ email: suppression, sms: suppression }, { requiredKeys: [] }),
    trouble: fc.record(
      { 'open-case': hours.map(at), 'open-return': hours.map(at), dispute: hours.map(at) },
      { requiredKeys: [] },
    ),
    now: fc.integer({ min: 0, max: 96 }),
    regions: fc.subarray(['strict', 'wide']),
    smsBudgetSpent: maybe(fc.constantFrom(0.5, 0.9, 2)),
  })
  .map(({ consents: statements, now, ...rest }) =>
    inputsOf({ ...rest, customer: customerWith({ consents: statements }), hours: NOON + now / 4 }),
  );

describe('a decision', () => {
  test('sends to no address that was opted out', () => {
    let refused = 0;
    fc.assert(
      fc.property(questions, (inputs) => {
        const decision = decideContact(inputs);

        const channel = channelOf(decision);
        expect(channel === undefined ? undefined : inputs.suppressed[channel]).toBeUndefined();
        if (inputs.suppressed.email !== undefined && channel !== undefined) refused += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  test('sends only by a channel of the touch about which no rule refuses or holds', () => {
    fc.assert(
      fc.property(questions, (inputs) => {
        const decision = decideContact(inputs);

        const channel = channelOf(decision);
        if (channel === undefined) return;
        const verdicts = decision.rules.flatMap((rule) =>
          rule.channel === channel ? rule.verdict : [],
        );
        expect(inputs.touch.channels).toContain(channel);
        expect(new Set(verdicts)).toEqual(new Set(['pass']));
      }),
      { numRuns: 500 },
    );
  });

  test('names what refused or held it, and never an address', () => {
    fc.assert(
      fc.property(questions, histories, (inputs, events) => {
        const order = told(events.map((each) => ({ ...each, contact: reachable })));
        const decision = decideContact({ ...inputs, order });

        const verdicts = decision.rules.map(({ verdict }) => verdict);
        const { kind } = decision;
        expect(JSON.stringify(decision)).not.toMatch(/@|\+49/);
        expect(kind !== 'drop' || verdicts.includes('refuse')).toBe(true);
        expect(kind !== 'hold' || verdicts.includes('hold')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('holds for the time to come, and would not hold for the same reason then', () => {
    fc.assert(
      fc.property(questions, (inputs) => {
        const decision = decideContact(inputs);
        if (decision.kind !== 'hold') return;
        const { until } = decision;

        const then = decideContact({ ...inputs, now: until, heldSince: inputs.now });

        expect(until > inputs.now).toBe(true);
        expect(then.kind !== 'hold' || then.until > until).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is the same in whatever order contacts, held touches and rules are listed', () => {
    const shuffled = fc.tuple(
      questions.chain((inputs) =>
        fc
          .record({
            contacts: permuted(inputs.history.contacts),
            held: permuted(inputs.history.held),
            quietHours: permuted(smallPolicy.quietHours),
            suppression: permuted(smallPolicy.suppression),
            caps: permuted(smallPolicy.caps),
          })
          .map(({ contacts: c, held: h, ...policy }) => ({
            inputs,
            other: {
              ...inputs,
              history: { contacts: c, held: h },
              policy: { ...smallPolicy, ...policy },
            },
          })),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([{ inputs, other }]) => {
        const sorted = ({ rules, ...decision }: ReturnType<typeof decideContact>) => ({
          ...decision,
          rules: rules.map((rule) => JSON.stringify(rule)).toSorted(),
        });

        expect(sorted(decideContact(other))).toEqual(sorted(decideContact(inputs)));
      }),
      { numRuns: 500 },
    );
  });
});

const permuted = <T>(list: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...list], { minLength: list.length });

/** Days on which clocks change, in zones that change them at different times and by different steps. */
const changes = [
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-11-01'],
  ['America/Los_Angeles', '2027-03-14'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2027-02-07'],
  ['Pacific/Chatham', '2027-04-04'],
  ['America/Santiago', '2027-04-04'],
  ['Asia/Kathmandu', '2026-10-25'],
] as const;

const MINUTE_MS = 60_000;

/** What a clock on the wall shows, by the runtime’s own calendar: not how the policy reads it. */
const wallClock = (zone: string, now: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(now));

const isQuiet = (from: string, to: string, clock: string): boolean =>
  from < to ? from <= clock && clock < to : clock >= from || clock < to;

/** Whether a rule of the policy without whole days is quiet for it in one of the zones. */
const isQuietFor = (
  policy: ContactPolicy,
  message: { purpose: 'service' | 'marketing'; channel: Channel; regions: readonly string[] },
  zones: readonly string[],
  now: string,
): boolean =>
  policy.quietHours.some(
    (rule) =>
      covers(rule, message) &&
      zones.some((zone) => isQuiet(rule.from, rule.to, wallClock(zone, now))),
  );

test('nothing but transactions goes in quiet hours, in any zones, on days when clocks change', () => {
  const asked = fc.record({
    zones: fc.uniqueArray(fc.constantFrom(...changes.map(([zone]) => zone)), {
      minLength: 1,
      maxLength: 3,
    }),
    day: fc.constantFrom(...changes.map(([, date]) => date)),
    minutes: fc.integer({ min: -1_000, max: 2_400 }),
    purpose: fc.constantFrom('service', 'marketing'),
    channels: fc.shuffledSubarray(['email', 'sms', 'push'] as const, { minLength: 1 }),
    regions: fc.subarray(['europe', 'united-states']),
  });
  let sent = 0;
  let kept = 0;
  fc.assert(
    fc.property(asked, ({ zones, day, minutes, regions, ...touch }) => {
      const now = new Date(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS).toISOString();
      const { policy } = config;
      const decision = decideContact(inputsOf({ zones, policy, regions, touch, now }));

      const channel = channelOf(decision);
      const isQuietThen = (by: Channel, at: string): boolean =>
        isQuietFor(policy, { ...touch, channel: by, regions }, zones, at);
      if (channel === undefined) kept += 1;
      else sent += 1;
      expect(channel !== undefined && isQuietThen(channel, now)).toBe(false);
      const isOpenAtLast =
        decision.kind !== 'hold' ||
        touch.channels.some((each) => !isQuietThen(each, decision.until));
      expect(isOpenAtLast).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(sent, kept)).toBeGreaterThan(200);
});
