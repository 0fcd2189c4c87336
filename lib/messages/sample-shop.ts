import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';

/** A shop to try templates with; an ampersand in its name shows what is not escaped. */
export const sampleShop = {
  name: 'Hearth & Grain',
  brand: {
    logoUrl: 'https://static.hearth.example/logo.png',
    primary: '#7a3b1e',
    onPrimary: '#ffffff',
  },
  email: { name: 'Hearth & Grain', address: 'orders@mail.hearth.example' },
  locales: ['en-GB', 'de-DE'],
  timeZone: 'Europe/Berlin',
  website: 'https://www.hearth.example/',
  orderStatusUrl: 'https://www.hearth.example/orders/status',
  helpUrl: 'https://www.hearth.example/help',
  privacyUrl: 'https://www.hearth.example/privacy',
  linksUrl: 'https://links.hearth.example',
  pages: {
    review: 'https://www.hearth.example/review',
    referral: 'https://www.hearth.example/friends',
    loyalty: 'https://www.hearth.example/circle',
    warranty: 'https://www.hearth.example/warranty',
    subscription: 'https://www.hearth.example/subscribe',
  },
  survey: 'csat',
  legal: {
    entity: 'Hearth & Grain GmbH',
    address: ['Sampleweg 1', '10115 Berlin', 'Germany'],
  },
  linkHosts: ['track.parcel.example', 'access.hearth.example'],
} as const satisfies ShopIdentity;
