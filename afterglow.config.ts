import { defineConfig } from '#core/contracts/config.ts';

/** What this deployment is: where it runs, and for which shops. Edit it, then `npm run check`. */
export default defineConfig({
  stages: {
    dev: { region: 'eu-central-1', logDays: 14, archiveDays: 30 },
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
      website: 'https://www.hearth.example',
      orderStatusUrl: 'https://www.hearth.example/orders/status',
      helpUrl: 'https://www.hearth.example/help',
      privacyUrl: 'https://www.hearth.example/privacy',
      legal: {
        entity: 'Hearth & Grain GmbH',
        address: ['Sampleweg 1', '10115 Berlin', 'Germany'],
      },
      linkHosts: ['track.parcel.example', 'access.hearth.example'],
      promise: { dispatchWithinHours: 72, deliverWithinHours: 144 },
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
      website: 'https://www.northside.example',
      orderStatusUrl: 'https://www.northside.example/orders/status',
      helpUrl: 'https://www.northside.example/help',
      privacyUrl: 'https://www.northside.example/privacy',
      legal: {
        entity: 'Northside Outdoor Inc.',
        address: ['200 Sample Street', 'Chicago, IL 60601', 'USA'],
      },
      linkHosts: ['track.parcel.example', 'access.northside.example'],
    },
  },
});
