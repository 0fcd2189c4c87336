import * as z from 'zod';
import { allPurposes } from '../domain/touches/touch.ts';
import type { LedgerRules } from '../domain/ledger/ledger-rules.ts';

const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR');
const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'a decimal such as 1.0857')
  .refine((rate) => Number(rate) > 0, 'a rate above 0');

const attribution = z.strictObject({
  /** All to the last that led to an order, or equal parts to each. */
  model: z.enum(['last-touch', 'linear']).default('last-touch'),
  clickDays: z.int().positive().max(90).default(7),
  // Who looks where their parcel is and orders again was led there by no message of ours.
  purposes: z.array(z.enum(allPurposes)).default(['service', 'marketing']),
  codeDays: z.int().positive().max(365).default(30),
  sessionHours: z.int().positive().max(72).default(24),
});

/** How the books are kept. */
export const ledgerConfig = z
  .strictObject({
    /** @default the first shop's currency */
    reportingCurrency: currency.optional(),
    /** Units of the reporting currency for one unit: of every shop's currency but that one. */
    rates: z.record(currency, decimal).default({}),
    /** The day of which the rates are. */
    ratesAsOf: z.iso.date('a day such as 2026-11-20').optional(),
    attribution: attribution.prefault({}),
    /** Codes that are given to everyone, by the touch that gives them. */
    codes: z.record(z.string().min(1).max(64), z.string().min(1)).default({}),
  })
  .refine(({ rates, ratesAsOf }) => Object.keys(rates).length === 0 || ratesAsOf !== undefined, {
    path: ['ratesAsOf'],
    error: 'the day of which the rates are, such as 2026-11-20',
  });

type LedgerConfig = z.output<typeof ledgerConfig>;
type Shops = Readonly<Record<string, { readonly currency: string }>>;

/** What the rules need of the configuration, with the reporting currency that is meant. */
export const ledgerRules = ({
  ledger,
  shops,
}: {
  ledger: LedgerConfig;
  shops: Shops;
}): LedgerRules => ({
  reportingCurrency: reportingCurrencyOf(ledger, shops),
  rates: ledger.rates,
  attribution: ledger.attribution,
  codes: Object.fromEntries(
    Object.entries(ledger.codes).map(([code, touch]) => [code.trim().toUpperCase(), touch]),
  ),
});

/** Currencies of shops without a rate: `path` is of the ledger's section. */
export const ledgerProblems = (
  ledger: LedgerConfig,
  shops: Shops,
): readonly { readonly path: readonly string[]; readonly message: string }[] => {
  const reporting = reportingCurrencyOf(ledger, shops);
  return Object.entries(shops)
    .filter(([, shop]) => shop.currency !== reporting && ledger.rates[shop.currency] === undefined)
    .map(([name, shop]) => ({
      path: ['rates', shop.currency],
      message: `how many ${reporting} one ${shop.currency} is, such as "0.92": the shop ${name} sells in ${shop.currency}`,
    }));
};

const reportingCurrencyOf = ({ reportingCurrency }: LedgerConfig, shops: Shops): string =>
  reportingCurrency ?? Object.values(shops)[0]?.currency ?? 'EUR';
