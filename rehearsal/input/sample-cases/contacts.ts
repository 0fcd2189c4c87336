import { unusualNames } from '../sample-people.ts';
import type { Said } from '../timed-event.ts';

type Who = Pick<Said<'OrderPlaced'>, 'contact' | 'shipTo'>;

/** People that the named cases are about. */
export const contacts = {
  jana: {
    contact: {
      customerId: 'c-jana-krueger',
      email: 'jana.krueger@customers.example',
      name: 'Jana Krüger',
      locale: 'de-DE',
    },
    shipTo: { city: 'Berlin', postcode: '10115', country: 'DE' },
  },
  jamie: {
    contact: {
      customerId: 'c-jamie',
      email: 'jamie@customers.example',
      name: 'Jamie Rivera',
      locale: 'en-US',
    },
    shipTo: { city: 'Chicago', postcode: '60601', country: 'US' },
  },
  tom: {
    contact: { customerId: 'c-tom', email: 'tom.baker@customers.example', name: 'Tom Baker' },
    shipTo: { city: 'Duluth', postcode: '55802', country: 'US' },
  },
  wei: {
    contact: {
      customerId: 'c-wei',
      email: 'wei@customers.example',
      name: unusualNames.chinese,
      locale: 'en-GB',
    },
    shipTo: { city: 'Dublin', postcode: 'D02 X285', country: 'IE' },
  },
  lena: {
    contact: {
      customerId: 'c-lena',
      email: 'lena@customers.example',
      name: 'Lena Öllinger',
      locale: 'de-AT',
    },
    shipTo: { city: 'Graz', postcode: '8010', country: 'AT' },
  },
  omar: {
    contact: {
      customerId: 'c-omar',
      email: 'omar@customers.example',
      name: unusualNames.arabic,
      locale: 'en-GB',
    },
    shipTo: { city: 'Berlin', postcode: '12043', country: 'DE' },
  },
  theresia: {
    contact: {
      customerId: 'c-theresia',
      email: 'theresia@customers.example',
      name: unusualNames.long,
      locale: 'de-DE',
    },
    shipTo: { city: 'Donaueschingen', postcode: '78166', country: 'DE' },
  },
  camille: {
    contact: {
      customerId: 'c-camille',
      email: 'camille@customers.example',
      name: 'Camille Dubois',
      locale: 'fr-FR',
    },
    shipTo: { city: 'Lyon', postcode: '69002', country: 'FR' },
  },
} as const satisfies Readonly<Record<string, Who>>;
