import { describe, expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { contact, customerWith, heldTouch, inputsOf, NOON } from './policy-inputs.ts';

type Change = NonNullable<Parameters<typeof inputsOf>[0]>;

/** Each rule that was asked: channel, verdict, rule, and what it saw. */
const explained = (change: Change = {}): readonly string[] =>
  decideContact(inputsOf(change)).rules.map(
    ({ rule, channel = 'touch', verdict, because }) => `${channel} ${verdict} ${rule}: ${because}`,
  );

const passed = [
  'touch pass relevance: the order still gives reason for offer',
  'email pass address: an address for email is known',
  'email pass suppression: nothing keeps it back',
  `email pass consent: marketing by email needs double-opt-in or soft-opt-in; granted as consent, confirmed at ${at(1)} (checkout)`,
  'email pass cap: marketing a week: 0 of 2 within 168 hours',
  'email pass cap: a day: 0 of 1 within 20 hours',
  `email pass quiet-hours: not quiet in Europe/Berlin at ${at(NOON)}`,
];

describe('the explanation of a decision', () => {
  test('has every rule that was asked, in order, with what it saw', () => {
    expect(explained()).toEqual(passed);
  });

  test('asks every rule also when one refuses', () => {
    const rules = explained({
      customer: customerWith({ consents: [] }),
      suppressed: { email: { reason: 'bounced', at: at(2) } },
      trouble: { dispute: at(3) },
    });

    expect(rules).toEqual([
      ...passed.slice(0, 2),
      `email refuse suppression: the address bounced at ${at(2)}`,
      `email refuse suppression: dispute since ${at(3)}, which keeps it back for 60 days`,
      'email refuse consent: marketing by email needs double-opt-in or soft-opt-in; nothing was said',
      ...passed.slice(4),
    ]);
  });

  test('tells of trouble that does not keep it back, or no longer', () => {
    expect(explained({ trouble: { 'bad-answer': at(3), 'open-return': at(NOON - 96) } })).toEqual([
      ...passed.slice(0, 2),
      `email pass suppression: open-return since ${at(NOON - 96)}, which keeps it back for 4 days: they are over`,
      `email pass suppression: bad-answer since ${at(3)} does not keep it back`,
      ...passed.slice(3),
    ]);
  });

  test('tells how full a cap is, and who it gives way to', () => {
    const contacts = [contact(NOON - 30)];
    const held = [heldTouch(NOON, { touch: 'care' })];

    expect(explained({ history: { contacts, held } }).slice(4)).toEqual([
      'email hold cap: marketing a week: 1 of 2 within 168 hours, and more important touches wait',
      'email hold cap: a day: 0 of 1 within 20 hours, and more important touches wait',
      `email hold quiet-hours: quiet in Europe/Berlin until ${at(7 * 24 + 7)}`,
    ]);
  });

  test('tells of the budget, and why a channel was waited for or not', () => {
    const touch = { purpose: 'transactional', channels: ['sms', 'inbox'] } as const;
    const rules = explained({ touch, hours: 44, smsBudgetSpent: 0.256 });

    expect(rules).toContain(
      "sms pass budget: 26 % of the month's SMS budget is spent, transactional stops at 1000 %",
    );
    expect(rules.at(-1)).toBe(
      `sms pass patience: sms opens at ${at(56)}; transactional waits 0 hours for it`,
    );
    expect(explained({ touch: { ...touch, purpose: 'service' }, hours: 44 }).at(-1)).toBe(
      `sms hold patience: sms opens at ${at(56)}; service waits 14 hours for it`,
    );
  });

  test('of one that would wait for too long says since when it waits', () => {
    const rules = explained({ hours: 45, heldSince: at(45 - 24 * 10) });

    expect(rules.at(-1)).toBe(
      `touch refuse patience: it would wait until ${at(55)}, more than 10 days since ${at(45 - 24 * 10)}`,
    );
  });

  test('of a touch that lost its reason has that alone', () => {
    expect(explained({ touch: { page: 'referral' } })).toEqual([
      'touch refuse relevance: the shop has no referral page',
    ]);
  });
});
