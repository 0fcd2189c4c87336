import { describe, expect, test } from 'vitest';
import {
  consentOf,
  type ConsentStatement,
  type Statements,
  withStatement,
} from '#core/domain/customers/consent.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 18, 9, minute)).toISOString();

const said = (
  minute: number,
  state: ConsentStatement['state'],
  change: Partial<ConsentStatement> = {},
): ConsentStatement => ({
  eventId: `e-${minute}`,
  purpose: 'marketing',
  channel: 'email',
  state,
  basis: 'consent',
  confirmed: false,
  at: at(minute),
  source: 'checkout',
  by: 'c-17',
  ...change,
});

const all = (
  statements: readonly ConsentStatement[],
  merged: Statements['merged'] = {},
): Statements => ({
  consents: statements.reduce<readonly ConsentStatement[]>(withStatement, []),
  merged,
});

const stateOf = (statements: Statements) => consentOf(statements, 'marketing', 'email')?.state;

describe('of customers that turned out to be one', () => {
  const knownAt = at(10);
  const merged = { 'c-18': knownAt };
  const refusal = said(3, 'withdrawn', { by: 'c-18' });

  test('the refusal of one counts for both, though the other agreed later', () => {
    expect(stateOf(all([refusal, said(5, 'granted')], merged))).toBe('withdrawn');
  });

  test('what is said once that is known counts', () => {
    expect(stateOf(all([refusal, said(11, 'granted')], merged))).toBe('granted');
    expect(stateOf(all([refusal, said(11, 'granted'), said(12, 'withdrawn')], merged))).toBe(
      'withdrawn',
    );
  });

  test('what is said at the very instant does not count as said after it', () => {
    expect(stateOf(all([refusal, said(10, 'granted')], merged))).toBe('withdrawn');
  });

  test('a refusal that its customer took back is none', () => {
    const back = said(4, 'granted', { by: 'c-18' });

    expect(stateOf(all([refusal, back, said(5, 'granted')], merged))).toBe('granted');
  });

  test('who said nothing of a channel refuses nothing', () => {
    const other = said(3, 'withdrawn', { by: 'c-18', channel: 'sms' });

    expect(stateOf(all([other, said(2, 'granted')], merged))).toBe('granted');
  });

  test('an id is no key of an object’s own', () => {
    const odd = said(3, 'withdrawn', { by: 'constructor' });

    expect(stateOf(all([odd, said(5, 'granted')]))).toBe('granted');
  });
});

test('a history keeps the last word of each, whatever is said after it of other things', () => {
  const first = said(0, 'withdrawn', { channel: 'sms' });
  const many = Array.from({ length: 400 }, (_, index) =>
    said(index + 1, index % 2 === 0 ? 'granted' : 'withdrawn', { eventId: `many-${index}` }),
  );

  const { consents, merged } = all([first, ...many]);

  expect(consents).toHaveLength(300);
  expect(consentOf({ consents, merged }, 'marketing', 'sms')).toEqual(first);
  expect(consents.at(-1)).toEqual(many.at(-1));
});
