import * as z from 'zod';
import type { Timing } from '../domain/journeys/timing.ts';
import { affinityConfig } from './affinity-config.ts';
import { confirmationConfig } from './confirmation-config.ts';
import { contentConfig, voiceConfig } from './content-config.ts';
import { experimentsConfig, shopProblems } from './experiments-config.ts';
import { ledgerConfig, ledgerProblems } from './ledger-config.ts';
import { metricsConfig } from './metrics-config.ts';
import { contactPolicy } from './policy-config.ts';
import { productFacts } from './product-facts.ts';
import { scoresConfig } from './scores-config.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes');
const email = z.email('an e-mail address such as orders@mail.example');
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1a2b3c');
const locale = z.string().refine((tag) => isLocale(tag), 'a BCP 47 locale such as en-GB');
const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR');
const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), 'an IANA zone such as Europe/Berlin');
const days = z.int().nonnegative();
const webUrl = z.url({ protocol: /^https$/, error: 'an https address' });

const sender = z.strictObject({
  /** What the customer sees as sender. */
  name: z.string().min(1).max(64),
  /** An address of a domain that SES has verified for the account. */
  address: email,
  replyTo: email.optional(),
});

const brand = z.strictObject({
  logoUrl: webUrl,
  /** Head band and buttons. */
  primary: colour,
  /** Text on the primary colour. */
  onPrimary: colour,
});

/** A review is asked for when no return was opened in 10 days: nothing that leads to it comes before. */
const surveyDays = z.int().min(10, 'at least 10: a review request may follow the answer');

/** When what follows a delivery is due; see the domain's `Timing`. */
const timing = z.strictObject({
  hour: z.int().min(0).max(23).default(10),
  careAfterDays: days.default(1),
  nudgeAfterHours: z.int().positive().default(48),
  checkInAfterDays: z
    .strictObject({ considered: days.default(7), complex: days.default(5) })
    .prefault({}),
  surveyAfterDays: z
    .strictObject({
      simple: surveyDays.default(10),
      considered: surveyDays.default(12),
      complex: surveyDays.default(14),
    })
    .prefault({}),
  answerWithinDays: z.int().positive().default(4),
  reviewWithinDays: z.int().positive().default(7),
  warrantyAfterDays: days.default(9),
  loyaltyAfterDays: days.default(20),
  crossSellAfterDays: days.default(24),
  subscriptionAfterDays: days.default(21),
  upgradeAfterDays: days.default(40),
  replenishBeforeDays: days.default(7),
  winBackAfterDays: z
    .strictObject({ usual: days.default(90), least: days.default(60), most: days.default(150) })
    .prefault({}),
}) satisfies z.ZodType<Timing>;

/** Dates that count as promised where an event gives none. Absent: no promise, so none is missed. */
const promise = z.strictObject({
  dispatchWithinHours: z.int().positive().optional(),
  deliverWithinHours: z.int().positive().optional(),
});

/** Pages of the shop that messages lead to, with a signed token; a touch whose page is missing is not sent. */
const pages = z.strictObject({
  review: webUrl.optional(),
  referral: webUrl.optional(),
  loyalty: webUrl.optional(),
  warranty: webUrl.optional(),
  subscription: webUrl.optional(),
});

/** From these prices of a piece on, in minor units; what is below `mid` is low. */
const priceBands = z.strictObject({ mid: z.int().positive(), high: z.int().positive() });

export const shopConfig = z.strictObject({
  name: z.string().min(1).max(64),
  brand,
  email: sender,
  /** First is the fallback. */
  locales: z.array(locale).min(1),
  currency,
  timeZone,
  /** ISO 3166-1 alpha-2 of the home market; an order from elsewhere is international. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'an ISO 3166-1 code such as DE')
    .optional(),
  website: webUrl,
  /** The page that shows an order; the message adds a signed token. */
  orderStatusUrl: webUrl,
  helpUrl: webUrl,
  privacyUrl: webUrl,
  /**
   * Where the API of the Pages stack is reached: links in messages lead there, to the survey, the preference
   * centre and on to the shop. A domain of the shop's own, mapped to the API.
   */
  linksUrl: webUrl,
  pages: pages.default({}),
  /** Which question the satisfaction survey asks: CSAT 1 to 5, NPS 0 to 10. */
  survey: z.enum(['csat', 'nps']).default('csat'),
  legal: z.strictObject({
    entity: z.string().min(1),
    /** Postal address, a line each: every commercial message has to show it. */
    address: z.array(z.string().min(1)).min(1),
  }),
  /** Hosts that links in messages may lead to, beside those of the addresses above. */
  linkHosts: z.array(z.hostname()).default([]),
  promise: promise.default({}),
  /** Facts by category, which journeys are chosen by. */
  categories: z.record(z.string().min(1), productFacts).default({}),
  /** Facts by SKU, above those of category and catalogue. */
  products: z.record(z.string().min(1), productFacts).default({}),
  priceBands: priceBands.optional(),
  /** A customer who spent this much within 365 days is of high value; minor units. */
  highValueFrom: z.int().positive().optional(),
  /** Whether the warehouse carries out InsertRequested. */
  packagingInserts: z.boolean().default(false),
  timing: timing.prefault({}),
  confirmation: confirmationConfig.prefault({}),
  /** How texts of its products speak. */
  voice: voiceConfig.prefault({}),
});

const arn = z.string().regex(/^arn:aws[\w-]*:/, 'an ARN');

const sms = z.strictObject({
  /** Phone numbers or sender ids that the account holds. */
  originationIdentities: z.array(arn).min(1),
  /** What a customer who answers HELP and STOP is told; the network asks for both. */
  helpMessage: z.string().min(1).max(1600),
  stopMessage: z.string().min(1).max(1600),
  /** What one who answers START after that is told. */
  startMessage: z.string().min(1).max(1600),
  /** The most that one part may cost, in USD. */
  maxPrice: z.number().positive(),
  /** USD a month. */
  monthlyBudget: z.number().positive(),
  partsPerSecond: z.number().positive().default(10),
});

const push = z
  .strictObject({
    /** Secrets with the service account's JSON of Firebase, and with APNs' signing key. */
    fcmSecretArn: arn.optional(),
    apns: z
      .strictObject({
        secretArn: arn,
        bundleId: z.string().min(1),
        teamId: z.string().min(1),
        keyId: z.string().min(1),
      })
      .optional(),
    perSecond: z.number().positive().default(100),
  })
  .refine(({ fcmSecretArn, apns }) => (fcmSecretArn ?? apns) !== undefined, 'FCM, APNs or both');

export const stageConfig = z.strictObject({
  /** Twelve digits. Absent: the account of the credentials in use. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'an account id of twelve digits')
    .optional(),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1'),
  /** Where alarms are sent; the address confirms its subscription by a link. */
  alarmEmail: email.optional(),
  /** Days that the bus keeps events for replay. */
  archiveDays: z.int().positive().default(400),
  /** The first day of which the lake has rows: Athena looks at no earlier ones. */
  lakeSince: z.iso.date('a day such as 2026-01-01').default('2026-01-01'),
  /** What one query of an analyst may scan: at USD 5 a TB a tenth of a dollar. */
  queryLimitGb: z.number().positive().max(7000).default(20),
  logDays: z.union([z.literal(14), z.literal(30), z.literal(90), z.literal(365)]).default(30),
  /** Concurrent deliver-email runs: with one message a run, times the sends a second of one. */
  emailConcurrency: z.int().min(2).max(1000).default(10),
  ingestConcurrency: z.int().min(2).max(1000).default(50),
  /** E-mails a second that the account's SES quota allows. */
  emailsPerSecond: z.number().positive().default(14),
  /** Absent: nothing goes by SMS. */
  sms: sms.optional(),
  /** Absent: nothing goes to devices. */
  push: push.optional(),
});

export const afterglowConfig = z
  .strictObject({
    stages: z.record(id, stageConfig).refine(isNotEmpty, 'at least one stage'),
    shops: z.record(id, shopConfig).refine(isNotEmpty, 'at least one shop'),
    policy: contactPolicy,
    /** @default nobody is held out, and nothing is tried */
    experiments: experimentsConfig.prefault({}),
    /** @default books in the first shop's currency */
    ledger: ledgerConfig.prefault({}),
    /** @default every Monday at 03:30 UTC */
    scores: scoresConfig.prefault({}),
    /** @default every night at 02:30 UTC */
    affinity: affinityConfig.prefault({}),
    metrics: metricsConfig.prefault({}),
    /** @default nothing is drafted: messages have their plain blocks */
    content: contentConfig.optional(),
  })
  .superRefine(({ experiments, ledger, shops }, context) => {
    for (const { path, message } of shopProblems(experiments, shops))
      context.addIssue({ code: 'custom', path: ['experiments', ...path], message });
    for (const { path, message } of ledgerProblems(ledger, shops))
      context.addIssue({ code: 'custom', path: ['ledger', ...path], message });
  });

export type AfterglowConfig = z.output<typeof afterglowConfig>;
export type ShopConfig = z.output<typeof shopConfig>;
export type StageConfig = z.output<typeof stageConfig>;

/**
 * Checks the deployment's configuration.
 *
 * @throws {InvalidConfig} naming every wrong key, what it got and what it wants.
 */
export const defineConfig = (config: z.input<typeof afterglowConfig>): AfterglowConfig => {
  const parsed = afterglowConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(parsed.error.issues.map((issue) => problemOf(config, issue)));
};

export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`afterglow.config.ts has ${problems.length} wrong value(s):\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

const problemOf = (config: unknown, issue: z.core.$ZodIssue): string => {
  const { path, message } = issue;
  const key = path.join('.');
  if (issue.code === 'unrecognized_keys')
    return `${key}: got the key(s) ${issue.keys.join(', ')}, expected only the documented ones`;
  if (issue.code === 'invalid_key')
    return `${key}: got this name, expected ${issue.issues.map((each) => each.message).join(', ')}`;
  const got = JSON.stringify(valueAt(config, path)) ?? 'nothing';
  return `${key}: got ${got}, expected ${message.replace(/^Invalid input: expected /, '')}`;
};

const valueAt = (value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown => {
  if (key === undefined) return value;
  const inner = new Map<PropertyKey, unknown>(Object.entries(Object(value))).get(String(key));
  return valueAt(inner, rest);
};

function isNotEmpty(entries: object): boolean {
  return Object.keys(entries).length > 0;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
