import { defineConfig } from '#core/contracts/config.ts';
import content from './afterglow.content.ts';
import experiments from './afterglow.experiments.ts';
import policy from './afterglow.policy.ts';

/** What this deployment is: where it runs, and for which shops. Edit it, then `npm run check`. */
export default defineConfig({
  stages: {
    dev: {
      region: 'eu-central-1',
      logDays: 14,
      archiveDays: 30,
      // Numbers and credentials of your own account; without these two nothing goes by SMS or push.
      sms: {
        originationIdentities: [
          'arn:aws:sms-voice:eu-central-1:000000000000:phone-number/phone-0123456789abcdef',
        ],
        helpMessage: 'Hearth & Grain: help at www.hearth.example/help. Reply STOP to end.',
        stopMessage: 'Hearth & Grain: you will get no more texts. Reply START to get them again.',
        startMessage: 'Hearth & Grain: welcome back. Reply HELP for help, STOP to end.',
        maxPrice: 0.2,
        monthlyBudget: 500,
      },
      push: {
        fcmSecretArn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:fcm-AbCdEf',
        apns: {
          secretArn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:apns-AbCdEf',
          bundleId: 'example.hearth.app',
          teamId: 'TEAM012345',
          keyId: 'KEY0123456',
        },
      },
    },
    prod: { region: 'eu-central-1', emailConcurrency: 50, logDays: 90 },
  },
  shops: {
    hearth: {
      name: 'Hearth & Grain',
      brand: {
        logoUrl: 'https://static.hearth.example/logo.png',
        primary: '#7a3b1e',
        onPrimary: '#ffffff',
      },
      email: { name: 'Hearth & Grain', address: 'orders@mail.hearth.example' },
      locales: ['en-GB', 'de-DE'],
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      website: 'https://www.hearth.example',
      orderStatusUrl: 'https://www.hearth.example/orders/status',
      helpUrl: 'https://www.hearth.example/help',
      privacyUrl: 'https://www.hearth.example/privacy',
      linksUrl: 'https://links.hearth.example',
      pages: {
        review: 'https://www.hearth.example/review',
        referral: 'https://www.hearth.example/recommend',
        loyalty: 'https://www.hearth.example/circle',
        warranty: 'https://www.hearth.example/warranty',
        subscription: 'https://www.hearth.example/subscriptions',
      },
      legal: {
        entity: 'Hearth & Grain GmbH',
        address: ['Sampleweg 1', '10115 Berlin', 'Germany'],
      },
      linkHosts: ['track.parcel.example', 'access.hearth.example'],
      voice: {
        tone: {
          en: 'Warm and plain, as a good shopkeeper explains it. Short sentences. Addresses the reader as you.',
          de: 'Freundlich und schlicht, wie es ein guter Händler erklärt. Kurze Sätze. Spricht die Leser mit Sie an.',
        },
        bannedWords: { en: ['foodie', 'must-have'], de: ['Must-have', 'Genussmoment*'] },
      },
      promise: { dispatchWithinHours: 72, deliverWithinHours: 144 },
      priceBands: { mid: 5_000, high: 30_000 },
      highValueFrom: 80_000,
      packagingInserts: true,
      categories: {
        'Coffee machines': {
          complexity: 'complex',
          returnableDays: 30,
          warrantyMonths: 24,
          guideUrl: 'https://www.hearth.example/guides/coffee-machines',
        },
        Grinders: {
          complexity: 'considered',
          returnableDays: 30,
          warrantyMonths: 24,
          guideUrl: 'https://www.hearth.example/guides/grinders',
        },
        'Coffee beans': {
          complexity: 'simple',
          returnableDays: 0,
          daysOfSupply: 12,
          subscribable: true,
        },
        Filters: { complexity: 'simple', returnableDays: 30, daysOfSupply: 60 },
        Care: { complexity: 'simple', returnableDays: 30, daysOfSupply: 90 },
        Knives: {
          complexity: 'considered',
          returnableDays: 30,
          guideUrl: 'https://www.hearth.example/guides/knives',
          pairsWith: ['HG-KNI-STO'],
        },
        Pans: {
          complexity: 'considered',
          returnableDays: 30,
          guideUrl: 'https://www.hearth.example/guides/pans',
          pairsWith: ['HG-PAN-LID'],
        },
        Textiles: { complexity: 'simple', returnableDays: 30 },
        Courses: { reportsUse: true },
        Subscriptions: { reportsUse: false },
        'Gift cards': { reportsUse: false },
      },
      products: {
        'HG-ESP-100': { pairsWith: ['HG-GRI-010', 'HG-DES-500', 'HG-BEA-1000'] },
        'HG-ESP-040': { pairsWith: ['HG-GRI-002', 'HG-BEA-250'] },
        'HG-FIL-200': { pairsWith: ['HG-FLT-004', 'HG-BEA-1000'] },
        'HG-BEA-1000': { daysOfSupply: 35 },
        'HG-CRS-KNI': { upgradeSku: 'HG-CRS-BAR' },
      },
    },
    northside: {
      name: 'Northside Outdoor',
      brand: {
        logoUrl: 'https://static.northside.example/logo.png',
        primary: '#0f4c5c',
        onPrimary: '#ffffff',
      },
      email: {
        name: 'Northside Outdoor',
        address: 'hello@mail.northside.example',
        replyTo: 'care@northside.example',
      },
      locales: ['en-US'],
      currency: 'USD',
      timeZone: 'America/Chicago',
      country: 'US',
      website: 'https://www.northside.example',
      orderStatusUrl: 'https://www.northside.example/orders/status',
      helpUrl: 'https://www.northside.example/help',
      privacyUrl: 'https://www.northside.example/privacy',
      linksUrl: 'https://links.northside.example',
      pages: {
        review: 'https://www.northside.example/review',
        referral: 'https://www.northside.example/refer',
        warranty: 'https://www.northside.example/warranty',
      },
      survey: 'nps',
      legal: {
        entity: 'Northside Outdoor Inc.',
        address: ['200 Sample Street', 'Chicago, IL 60601', 'USA'],
      },
      linkHosts: ['track.parcel.example', 'access.northside.example'],
      voice: { tone: { en: 'Plain and practical, one hiker to another.' } },
      categories: {
        Tents: {
          complexity: 'complex',
          returnableDays: 60,
          warrantyMonths: 36,
          guideUrl: 'https://www.northside.example/guides/tents',
          pairsWith: ['NS-TNT-PEG', 'NS-LMP-400'],
        },
        Footwear: { complexity: 'considered', returnableDays: 60, pairsWith: ['NS-BOO-WAX'] },
        Care: { complexity: 'simple', returnableDays: 60, daysOfSupply: 120 },
        Backpacks: { complexity: 'considered', returnableDays: 60 },
        'Camp kitchen': { complexity: 'considered', returnableDays: 60 },
        Sleeping: { complexity: 'simple', returnableDays: 60 },
        Lights: { complexity: 'simple', returnableDays: 60, warrantyMonths: 24 },
        Maps: { reportsUse: true },
        Subscriptions: { reportsUse: true },
        Services: { reportsUse: false },
      },
      products: {
        'NS-STV-FUE': { complexity: 'simple', daysOfSupply: 30, subscribable: true },
        'NS-MAP-LAK': { upgradeSku: 'NS-MAP-YRK' },
        'NS-STV-001': { pairsWith: ['NS-STV-FUE'] },
      },
    },
  },
  policy,
  experiments,
  content,
  ledger: {
    reportingCurrency: 'EUR',
    rates: { USD: '0.92', GBP: '1.15' },
    ratesAsOf: '2026-01-02',
  },
  metrics: {
    // Of two small shops that began in March, in cents; those of a class or touch are parts of the quarter's whole.
    targets: [
      { quarter: '2026-Q1', targetMinor: 250_000, budgetMinor: 8_000, owner: 'CRM' },
      { quarter: '2026-Q2', targetMinor: 40_000, budgetMinor: 10_000, owner: 'CRM' },
      { quarter: '2026-Q3', targetMinor: 40_000, budgetMinor: 12_000, owner: 'CRM' },
      { quarter: '2026-Q4', targetMinor: 60_000, budgetMinor: 18_000, owner: 'CRM' },
      { quarter: '2026-Q1', class: 'confirmation_upsell', targetMinor: 30_000, owner: 'Shop' },
      {
        quarter: '2026-Q1',
        class: 'partner_commission',
        targetMinor: 8_000,
        owner: 'Partnerships',
      },
      { quarter: '2026-Q2', class: 'followup_crosssell', targetMinor: 30_000, owner: 'CRM' },
      {
        quarter: '2026-Q2',
        shop: 'hearth',
        touch: 'replenishment',
        targetMinor: 40_000,
        budgetMinor: 2_000,
        owner: 'Coffee',
      },
    ],
  },
});
