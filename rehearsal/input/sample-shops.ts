/** What the sample orders need to know of a shop; `afterglow.config.ts` has the shops themselves. */
export interface SampleShop {
  readonly id: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly shippingMinor: number;
  readonly freeShippingFromMinor: number;
  /** Added to the prices; 0 where they include it. */
  readonly salesTax: number;
  /** A customer's language and country, or neither, with how common each is. */
  readonly audiences: readonly (readonly [Audience, number])[];
}

export interface Audience {
  readonly locale?: string;
  readonly country: string;
  readonly city: string;
  readonly postcode: string;
}

const berlin = { country: 'DE', city: 'Berlin', postcode: '10115' };
const chicago = { country: 'US', city: 'Chicago', postcode: '60601' };

export const hearth: SampleShop = {
  id: 'hearth',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  shippingMinor: 490,
  freeShippingFromMinor: 5000,
  salesTax: 0,
  audiences: [
    [{ locale: 'de-DE', ...berlin }, 45],
    [{ locale: 'en-GB', ...berlin }, 22],
    [{ locale: 'de-AT', country: 'AT', city: 'Graz', postcode: '8010' }, 12],
    [{ locale: 'fr-FR', country: 'FR', city: 'Lyon', postcode: '69002' }, 8],
    [{ locale: 'en-IE', country: 'IE', city: 'Cork', postcode: 'T12 W8KP' }, 6],
    [berlin, 7],
  ],
};

export const northside: SampleShop = {
  id: 'northside',
  currency: 'USD',
  timeZone: 'America/Chicago',
  shippingMinor: 795,
  freeShippingFromMinor: 9900,
  salesTax: 0.0825,
  audiences: [
    [{ locale: 'en-US', ...chicago }, 80],
    [{ locale: 'es-US', country: 'US', city: 'San Antonio', postcode: '78205' }, 10],
    [{ locale: 'fr-CA', country: 'CA', city: 'Montréal', postcode: 'H2Y 1C6' }, 4],
    [chicago, 6],
  ],
};

export const sampleShops: readonly SampleShop[] = [hearth, northside];

/** The first day of the sample orders: sixty days from here have the change to summer time on both sides of the Atlantic. */
export const SAMPLE_START = '2026-03-02T00:00:00.000Z';
