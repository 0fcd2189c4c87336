import * as z from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes');
const email = z.email('an e-mail address such as orders@mail.example');
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1a2b3c');
const locale = z.string().refine((tag) => isLocale(tag), 'a BCP 47 locale such as en-GB');
const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR');
const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), 'an IANA zone such as Europe/Berlin');
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

/** Dates that count as promised where an event gives none. Absent: no promise, so none is missed. */
const promise = z.strictObject({
  dispatchWithinHours: z.int().positive().optional(),
  deliverWithinHours: z.int().positive().optional(),
});

export const shopConfig = z.strictObject({
  name: z.string().min(1).max(64),
  brand,
  email: sender,
  /** First is the fallback. */
  locales: z.array(locale).min(1),
  currency,
  timeZone,
  website: webUrl,
  /** The page that shows an order; the message adds a signed token. */
  orderStatusUrl: webUrl,
  helpUrl: webUrl,
  privacyUrl: webUrl,
  legal: z.strictObject({
    entity: z.string().min(1),
    /** Postal address, a line each: every commercial message has to show it. */
    address: z.array(z.string().min(1)).min(1),
  }),
  /** Hosts that links in messages may lead to, beside those of the addresses above. */
  linkHosts: z.array(z.hostname()).default([]),
  promise: promise.default({}),
});

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
  logDays: z.union([z.literal(14), z.literal(30), z.literal(90), z.literal(365)]).default(30),
  /** Concurrent deliver-email runs: with one message a run, times the sends a second of one. */
  emailConcurrency: z.int().min(2).max(1000).default(10),
  ingestConcurrency: z.int().min(2).max(1000).default(50),
});

export const afterglowConfig = z.strictObject({
  stages: z.record(id, stageConfig).refine(isNotEmpty, 'at least one stage'),
  shops: z.record(id, shopConfig).refine(isNotEmpty, 'at least one shop'),
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
