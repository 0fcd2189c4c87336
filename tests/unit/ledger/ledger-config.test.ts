import { describe, expect, test } from 'vitest';
import type { input } from 'zod';
import { ledgerConfig, ledgerProblems, ledgerRules } from '#core/contracts/ledger-config.ts';
import config from '#config';

type Section = input<typeof ledgerConfig>;

const shops = { hearth: { currency: 'EUR' }, northside: { currency: 'USD' } };

const messagesOf = (section: Section): readonly string[] =>
  ledgerConfig.safeParse(section).error?.issues.map(({ message }) => message) ?? [];

test('without a section the books are in the first shop’s currency, credited to the last touch', () => {
  const ledger = ledgerConfig.parse({});

  expect(ledgerRules({ ledger, shops: { hearth: shops.hearth } })).toEqual({
    reportingCurrency: 'EUR',
    rates: {},
    attribution: {
      model: 'last-touch',
      clickDays: 7,
      purposes: ['service', 'marketing'],
      codeDays: 30,
      sessionHours: 24,
    },
    codes: {},
  });
});

test('a shop whose currency has no rate is named, with what to state', () => {
  const problems = ledgerProblems(ledgerConfig.parse({}), shops);

  expect(problems).toEqual([
    {
      path: ['rates', 'USD'],
      message: 'how many EUR one USD is, such as "0.92": the shop northside sells in USD',
    },
  ]);
});

test('codes are known however they are written', () => {
  const ledger = ledgerConfig.parse({ codes: { ' spring ': 'packaging-insert' } });

  expect(ledgerRules({ ledger, shops }).codes).toEqual({ SPRING: 'packaging-insert' });
});

describe('a section is refused', () => {
  test.each<[string, Section]>([
    ['the day of which the rates are', { rates: { USD: '0.92' } }],
    ['a rate above 0', { rates: { USD: '0.00' }, ratesAsOf: '2026-01-02' }],
    ['a decimal such as 1.0857', { rates: { USD: '1e3' }, ratesAsOf: '2026-01-02' }],
    ['a day such as 2026-11-20', { rates: { USD: '1' }, ratesAsOf: '2 January' }],
    ['an ISO 4217 code such as EUR', { reportingCurrency: 'euro' }],
  ])('that lacks %s', (message, section) => {
    expect(messagesOf(section).join()).toContain(message);
  });
});

test('the books of this repository have a rate for each of its shops', () => {
  expect(ledgerProblems(config.ledger, config.shops)).toEqual([]);
});
