import { getAllCountries } from 'countries-and-timezones';
import { describe, expect, test } from 'vitest';
import { geoPlaceZones } from '#core/adapters/geo-place-zones.ts';
import { isTimeZone, zoneClock } from '#core/domain/contact-policy/zone-clock.ts';

const us = (postcode: string, region?: string) =>
  geoPlaceZones({ country: 'US', postcode, region });

/** Offsets in the middle of each month of 2026: zones that agree in them keep the same clock. */
const clockOf = (zone: string): string =>
  Array.from(
    { length: 12 },
    (_, month) => zoneClock(zone).spanAt(Date.UTC(2026, month, 15)).offsetMs,
  ).join();

describe('a country', () => {
  test('gives all of its zones where nothing else is known', () => {
    expect(geoPlaceZones({ country: 'ES' }).toSorted()).toEqual([
      'Africa/Ceuta',
      'Atlantic/Canary',
      'Europe/Madrid',
    ]);
    expect(geoPlaceZones({ country: 'at' })).toEqual(['Europe/Vienna']);
  });

  test('gives zones that this runtime knows, whichever it is', () => {
    const given = Object.keys(getAllCountries()).flatMap((country) => geoPlaceZones({ country }));

    expect(given.length).toBeGreaterThan(350);
    expect(given.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  test.each(['ZZ', '', 'Germany', '__proto__', 'constructor', 'D'])(
    'that is none gives none: %j',
    (country) => {
      expect(geoPlaceZones({ country, postcode: '10115', region: 'BE' })).toEqual([]);
    },
  );
});

describe('a postcode', () => {
  test.each([
    ['10001', ['America/New_York']],
    ['60601-1234', ['America/Chicago']],
    ['80202', ['America/Denver']],
    ['94110', ['America/Los_Angeles']],
    ['99501', ['America/Anchorage']],
    ['99546', ['America/Adak']],
    ['96813', ['Pacific/Honolulu']],
    ['96799', ['Pacific/Pago_Pago']],
    ['00901', ['America/Puerto_Rico']],
    ['85001', ['America/Phoenix']],
    ['86503', ['America/Phoenix', 'America/Denver']],
    ['79901', ['America/Denver']],
    ['78701', ['America/Chicago']],
    ['32401', ['America/New_York', 'America/Chicago']],
    ['47710', ['America/Chicago']],
    ['89883', ['America/Denver']],
  ])('of the United States gives what is kept there: %s', (postcode, zones) => {
    expect(us(postcode)).toEqual(zones);
  });

  test.each([
    ['CA', 'M5V 3L9', ['America/Toronto']],
    ['CA', 'v6b1a1', ['America/Vancouver']],
    ['CA', 'S4P', ['America/Regina']],
    ['CA', 'A1C 5S7', ['America/St_Johns']],
    ['AU', '2000', ['Australia/Sydney']],
    ['AU', '4000', ['Australia/Brisbane']],
    ['AU', '0800', ['Australia/Darwin']],
    ['AU', '2898', ['Australia/Lord_Howe']],
  ])('of %s gives what is kept there: %s', (country, postcode, zones) => {
    expect(geoPlaceZones({ country, postcode })).toEqual(zones);
  });

  test.each(['2134', 'N/A', '1000', '123456', ''])(
    'that is none leaves the whole country: %j',
    (postcode) => {
      expect(us(postcode)).toEqual(geoPlaceZones({ country: 'US' }));
    },
  );

  test('of the forces says nothing of where they are', () => {
    expect(us('09012')).toEqual([]);
    expect(us('', 'AP')).toEqual([]);
  });
});

describe('a region', () => {
  test('gives every zone that is kept in it', () => {
    expect(us('', 'TX').toSorted()).toEqual(['America/Chicago', 'America/Denver']);
    expect(geoPlaceZones({ country: 'AU', region: 'AU-TAS' })).toEqual(['Australia/Hobart']);
    expect(geoPlaceZones({ country: 'ca', region: 'mb' })).toEqual(['America/Winnipeg']);
  });

  test('stands beside a postcode that contradicts it, and behind one that agrees', () => {
    expect(us('10001', 'CA')).toEqual(['America/New_York', 'America/Los_Angeles']);
    expect(us('79901', 'TX')).toEqual(['America/Denver']);
  });

  test('that is unknown leaves the postcode or the country', () => {
    expect(us('10001', 'Somewhere')).toEqual(['America/New_York']);
    expect(us('', 'Somewhere')).toEqual(geoPlaceZones({ country: 'US' }));
  });

  test.each(['US', 'CA', 'AU'])('keeps every clock of the country among all of %s', (country) => {
    const names = {
      US: 'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY',
      CA: 'AB BC MB NB NL NS NT NU ON PE QC SK YT',
      AU: 'ACT NSW NT QLD SA TAS VIC WA',
    };
    const regions = new Map(Object.entries(names)).get(country)?.split(' ') ?? [];
    const kept = regions.map((region) => geoPlaceZones({ country, region }));
    const clocks = new Set(kept.flat().map(clockOf));

    // Tokyo is listed for an observatory in Western Australia.
    const missing = geoPlaceZones({ country }).filter(
      (zone) => zone !== 'Asia/Tokyo' && !clocks.has(clockOf(zone)),
    );
    expect(kept.filter(({ length }) => length === 0 || length > 5)).toEqual([]);
    expect(missing).toEqual([]);
  });
});

describe('coordinates', () => {
  const at = (country: string, latitude: number, longitude: number) =>
    geoPlaceZones({ country, latitude, longitude });

  test('narrow a country down', () => {
    expect(at('US', 40.71, -74.01)).toEqual(['America/New_York']);
    expect(at('ES', 28.1, -15.4)).toEqual(['Atlantic/Canary']);
    expect(at('RU', 55.03, 82.92)).toEqual(['Asia/Novosibirsk']);
  });

  test('give both zones near a border within the country', () => {
    // Keyes, Oklahoma keeps Central time; the look-up alone says Mountain.
    expect(at('US', 36.81, -102.25)).toContain('America/Chicago');
  });

  test('do not lead into another country at its border', () => {
    // Tui in Spain, across the river from Portugal, an hour behind.
    expect(at('ES', 42.05, -8.64)).toEqual(['Europe/Madrid']);
  });

  test.each([
    ['none', undefined, undefined],
    ['half of them', 40.4, undefined],
    ['not a number', NaN, NaN],
    ['off the globe', 140, 400],
    ['null island', 0, 0],
    ['of another country', 35.68, 139.69],
    ['the pole', 90, 0],
  ])('are passed over when they cannot be: %s', (_, latitude, longitude) => {
    expect(geoPlaceZones({ country: 'ES', latitude, longitude })).toEqual(
      geoPlaceZones({ country: 'ES' }),
    );
  });

  test('narrow down what a postcode leaves open, and yield to one that is certain', () => {
    const phoenix = { latitude: 33.45, longitude: -112.07 };

    expect(geoPlaceZones({ country: 'US', region: 'AZ', ...phoenix })).toEqual(['America/Phoenix']);
    expect(geoPlaceZones({ country: 'US', postcode: '10001', ...phoenix })).toEqual([
      'America/New_York',
    ]);
  });
});
