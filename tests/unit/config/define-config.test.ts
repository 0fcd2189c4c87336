import { describe, expect, test } from 'vitest';
import policy from '../../../afterglow.policy.ts';
import config from '#config';
import { afterglowConfig, defineConfig, InvalidConfig } from '#core/contracts/config.ts';

const stages = { dev: { region: 'eu-central-1' } };

const shop = {
  name: 'Hearth & Grain',
  brand: {
    logoUrl: 'https://static.hearth.example/logo.png',
    primary: '#7a3b1e',
    onPrimary: '#ffffff',
  },
  email: { name: 'Hearth & Grain', address: 'orders@mail.hearth.example' },
  locales: ['en-GB'],
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  website: 'https://www.hearth.example',
  orderStatusUrl: 'https://www.hearth.example/orders',
  helpUrl: 'https://www.hearth.example/help',
  privacyUrl: 'https://www.hearth.example/privacy',
  linksUrl: 'https://links.hearth.example',
  legal: { entity: 'Hearth & Grain GmbH', address: ['Sampleweg 1'] },
};

type Input = Parameters<typeof defineConfig>[0];
type Shop = Input['shops'][string];
type Stage = Input['stages'][string];

const problemsOf = (input: Input): readonly string[] => {
  try {
    defineConfig(input);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
};

const ofShop = (change: Partial<Shop>): readonly string[] =>
  problemsOf({ stages, policy, shops: { hearth: { ...shop, ...change } } });

const ofStage = (change: Partial<Stage>): readonly string[] =>
  problemsOf({ stages: { dev: { ...stages.dev, ...change } }, policy, shops: { hearth: shop } });

test('the configuration of this repository is taken as it is', () => {
  expect(afterglowConfig.safeParse(config)).toMatchObject({ success: true, data: config });
  expect(Object.keys(config.shops)).toEqual(['hearth', 'northside']);
});

test('what is left out has its default', () => {
  expect(defineConfig({ stages, policy, shops: { hearth: shop } })).toEqual({
    stages: {
      dev: {
        region: 'eu-central-1',
        archiveDays: 400,
        lakeSince: '2026-01-01',
        queryLimitGb: 20,
        logDays: 30,
        emailConcurrency: 10,
        ingestConcurrency: 50,
        emailsPerSecond: 14,
      },
    },
    policy,
    experiments: { experiments: [] },
    ledger: {
      rates: {},
      attribution: {
        model: 'last-touch',
        clickDays: 7,
        purposes: ['service', 'marketing'],
        codeDays: 30,
        sessionHours: 24,
      },
      codes: {},
    },
    metrics: expect.objectContaining({ targets: [], capShare: 0.99, prePeriodDays: 90 }),
    scores: {
      enabled: true,
      schedule: 'cron(30 3 ? * MON *)',
      timeZone: 'UTC',
      quantiles: { due: 0.5, atRisk: 0.8, lapsed: 0.95 },
    },
    affinity: {
      enabled: true,
      schedule: 'cron(30 2 * * ? *)',
      timeZone: 'UTC',
      halfLifeDays: 150,
      popularityExponent: 0.3,
      windowDays: 540,
      bestSellerDays: 60,
      basketCap: 50,
      leastOrders: 3,
      recomputeDays: 3,
      expireDays: 14,
    },
    shops: {
      hearth: {
        ...shop,
        linkHosts: [],
        promise: {},
        pages: {},
        survey: 'csat',
        categories: {},
        products: {},
        packagingInserts: false,
        voice: { tone: {}, bannedWords: {} },
        confirmation: {
          origins: [],
          slots: 3,
          floorMinor: 1,
          minMarginMinor: 0,
          explorationShare: 0.05,
          mostOfType: 2,
          mostOfPartner: 1,
          mostOfCategory: 2,
          dismissedDays: 30,
          acceptTo: 'order',
          confirmWithinMinutes: 15,
        },
        timing: {
          hour: 10,
          careAfterDays: 1,
          nudgeAfterHours: 48,
          checkInAfterDays: { considered: 7, complex: 5 },
          surveyAfterDays: { simple: 10, considered: 12, complex: 14 },
          answerWithinDays: 4,
          reviewWithinDays: 7,
          warrantyAfterDays: 9,
          loyaltyAfterDays: 20,
          crossSellAfterDays: 24,
          subscriptionAfterDays: 21,
          upgradeAfterDays: 40,
          replenishBeforeDays: 7,
          winBackAfterDays: { usual: 90, least: 60, most: 150 },
        },
      },
    },
  });
});

describe('a wrong value is refused by its key, with what was got and what is expected:', () => {
  test('a sender without an address', () => {
    expect(ofShop({ email: { name: 'Hearth', address: 'orders at hearth' } })).toEqual([
      expect.stringMatching(
        /^shops\.hearth\.email\.address: got "orders at hearth", expected an e-mail address/,
      ),
    ]);
  });

  test.each([
    [{ schedule: 'weekly' }, /^scores\.schedule: got "weekly", expected a schedule of EventBridge/],
    [{ timeZone: 'Berlin' }, /^scores\.timeZone: got "Berlin", expected an IANA zone/],
    [{ quantiles: { due: 0.9 } }, /^scores\.quantiles: got .*, expected shares that ascend/],
    [{ quantiles: { lapsed: 1 } }, /^scores\.quantiles\.lapsed: got 1, expected .*<1/],
  ])('of scoring, as %j', (scores, problem) => {
    expect(problemsOf({ stages, policy, shops: { hearth: shop }, scores })).toEqual([
      expect.stringMatching(problem),
    ]);
  });

  test.each([
    [{ schedule: 'nightly' }, /^affinity\.schedule: got "nightly", expected a schedule/],
    [{ timeZone: 'Berlin' }, /^affinity\.timeZone: got "Berlin", expected an IANA zone/],
    [{ bestSellerDays: 999 }, /^affinity\.bestSellerDays: got 999, expected at most windowDays/],
    [{ windowDays: 30, recomputeDays: 40, bestSellerDays: 9 }, /^affinity\.recomputeDays: got 40/],
    [{ popularityExponent: 2 }, /^affinity\.popularityExponent: got 2, expected .*<=1/],
  ])('of affinity, as %j', (affinity, problem) => {
    expect(problemsOf({ stages, policy, shops: { hearth: shop }, affinity })).toEqual([
      expect.stringMatching(problem),
    ]);
  });

  test('a sender without a name', () => {
    expect(ofShop({ email: { name: '', address: 'orders@mail.hearth.example' } })).toEqual([
      expect.stringMatching(/^shops\.hearth\.email\.name: got "", expected .*>=1 characters$/),
    ]);
  });

  test.each<[string, Partial<Shop>, string]>([
    [
      'a zone',
      { timeZone: 'Berlin' },
      'timeZone: got "Berlin", expected an IANA zone such as Europe/Berlin',
    ],
    [
      'a locale',
      { locales: ['de_DE'] },
      'locales.0: got "de_DE", expected a BCP 47 locale such as en-GB',
    ],
    [
      'a currency',
      { currency: 'euro' },
      'currency: got "euro", expected an ISO 4217 code such as EUR',
    ],
    [
      'a colour',
      { brand: { ...shop.brand, primary: 'brown' } },
      'brand.primary: got "brown", expected a colour such as #1a2b3c',
    ],
    [
      'a survey before returns are over',
      { timing: { surveyAfterDays: { simple: 3 } } },
      'timing.surveyAfterDays.simple: got 3, expected at least 10: a review request may follow the answer',
    ],
    [
      'an address',
      { helpUrl: 'http://www.hearth.example' },
      'helpUrl: got "http://www.hearth.example", expected an https address',
    ],
  ])('%s', (_, change, problem) => {
    expect(ofShop(change)).toEqual([`shops.hearth.${problem}`]);
  });

  test.each<[string, Partial<Stage>, string]>([
    [
      'a region',
      { region: 'frankfurt' },
      'region: got "frankfurt", expected a region such as eu-central-1',
    ],
    [
      'an account',
      { account: '1234' },
      'account: got "1234", expected an account id of twelve digits',
    ],
    [
      'a count',
      { emailConcurrency: 1 },
      'emailConcurrency: got 1, expected Too small: expected number to be >=2',
    ],
  ])('%s', (_, change, problem) => {
    expect(ofStage(change)).toEqual([`stages.dev.${problem}`]);
  });

  test('a name that event sources and table keys cannot hold', () => {
    expect(problemsOf({ stages, policy, shops: { 'Hearth#1': shop } })).toEqual([
      expect.stringMatching(/^shops\.Hearth#1: /),
    ]);
  });

  test('no shops at all', () => {
    expect(problemsOf({ stages, policy, shops: {} })).toEqual([
      'shops: got {}, expected at least one shop',
    ]);
  });
});

test('every wrong value is named at once', () => {
  const wrong = { ...shop, timeZone: 'Berlin', currency: 'euro' };

  expect(() => defineConfig({ stages, policy, shops: { hearth: wrong } })).toThrow(
    'afterglow.config.ts has 2 wrong value(s):\n  shops.hearth.currency: got "euro"',
  );
});
