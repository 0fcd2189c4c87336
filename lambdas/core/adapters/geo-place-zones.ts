import tzLookup from '@photostructure/tz-lookup';
import { getCountry } from 'countries-and-timezones';
import type { Place, PlaceZones } from '../ports/place-zones.ts';

/** Part of a country as its post has it, with the zones that are kept in it. */
interface Region {
  readonly name: string;
  /** Beginnings of postcodes, from and to inclusive and of one length. */
  readonly postcodes: readonly (readonly [string, string])[];
  /** Empty: anywhere in the world. */
  readonly zones: readonly string[];
}

interface PostalCountry {
  readonly postcode: RegExp;
  readonly regions: readonly Region[];
}

/**
 * The zones of a place, by what says it best: its postcode and region, where they leave one zone (United
 * States, Canada, Australia); its coordinates; postcode and region with several zones; all of its country.
 * What cannot be so is passed over: coordinates outside of the country or at sea, a postcode that is
 * none. A postcode and a region that contradict each other both stand.
 *
 * Countries are those of `countries-and-timezones`, from the IANA database, without deprecated names.
 */
export const geoPlaceZones: PlaceZones = (place) => {
  const country = place.country.toUpperCase();
  const regional = zonesOfRegion(country, place);
  if (regional?.length === 1) return regional;
  return zonesAround(country, place) ?? regional ?? zonesOf(country, { deprecated: false });
};

/** The package keeps countries in a plain object, where `CONSTRUCTOR` would be found as well. */
const zonesOf = (country: string, options: { readonly deprecated: boolean }): readonly string[] =>
  /^[A-Z]{2}$/.test(country) ? (getCountry(country, options)?.timezones ?? []) : [];

/**
 * Degrees north and east to the points that are asked as well. `@photostructure/tz-lookup` simplifies borders:
 * towns some 70 km from one are answered with the zone beyond it (Keyes in Oklahoma, Kellogg in Idaho).
 */
const REACH = { north: 0.6, east: 0.8 };

/** Every zone of the country, its territories included, at the place or close to it. */
const zonesAround = (country: string, place: Place): readonly string[] | undefined => {
  const { latitude = NaN, longitude = NaN } = place;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  const points = [-1, 0, 1].flatMap((north) =>
    [-1, 0, 1].map((east) => zoneAt(latitude + north * REACH.north, longitude + east * REACH.east)),
  );
  const inRegions = postalCountries.get(country)?.regions.flatMap(({ zones }) => zones) ?? [];
  const known = new Set([...zonesOf(country, { deprecated: true }), ...inRegions]);
  // Its answer for the sea is an offset; 0, 0 is where unknown coordinates are said to be.
  const zones = points.filter((zone) =>
    known.size === 0 ? !zone.startsWith('Etc/') : known.has(zone),
  );
  return zones.length === 0 ? undefined : [...new Set(zones)];
};

/** Past a pole or the date line the nearest point on this side. */
const zoneAt = (latitude: number, longitude: number): string =>
  tzLookup(Math.max(-90, Math.min(90, latitude)), Math.max(-180, Math.min(180, longitude)));

const zonesOfRegion = (country: string, place: Place): readonly string[] | undefined => {
  const post = postalCountries.get(country);
  if (post === undefined) return undefined;
  const byPostcode = regionOfPostcode(post, place.postcode ?? '');
  const name = (place.region ?? '').toUpperCase().replace(`${country}-`, '');
  const byName = post.regions.filter((region) => region.name === name);
  if (byPostcode !== undefined && (byName.length === 0 || byPostcode.name === name))
    return byPostcode.zones;
  const named = byPostcode === undefined ? byName : [byPostcode, ...byName];
  return named.length === 0 ? undefined : [...new Set(named.flatMap(({ zones }) => zones))];
};

const regionOfPostcode = (post: PostalCountry, text: string): Region | undefined => {
  const postcode = text.toUpperCase().replace(/[\s-]/g, '');
  if (!post.postcode.test(postcode)) return undefined;
  return post.regions.find(({ postcodes }) =>
    postcodes.some(([from, to]) => {
      const start = postcode.slice(0, from.length);
      return from <= start && start <= to;
    }),
  );
};

/** `320-323 341`: each from to, or one alone. */
const region = (name: string, postcodes: string, ...zones: readonly string[]): Region => ({
  name,
  postcodes: postcodes.split(' ').map((range) => {
    const [from = '', to = from] = range.split('-');
    return [from, to] as const;
  }),
  zones,
});

const EASTERN = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';
const ALASKA = 'America/Anchorage';
const ARIZONA = 'America/Phoenix';
const ATLANTIC_STANDARD = 'America/Puerto_Rico';
const HALIFAX = 'America/Halifax';

/**
 * ZIP code prefixes by state as the Postal Service assigns them (Labeling List L002, 3-Digit ZIP Code Prefix
 * Matrix), and the zones of states by 49 CFR part 71 and the comments of the IANA database's
 * `zone.tab`. A state that keeps two clocks is divided where prefixes divide it; a prefix that straddles the line
 * has both. Towns that keep a neighbour's time by custom have both as well (Phenix City, Kenton, Jackpot).
 * Zones whose clocks have agreed since 2019 are named by one of them. The first entry that fits holds.
 */
const unitedStates: readonly Region[] = [
  region('AA', '340'),
  region('AE', '090-098'),
  region('AP', '962-966'),
  region('AK', '99546-99547', 'America/Adak'),
  region('AK', '995-999', ALASKA),
  region('AL', '368', CENTRAL, EASTERN),
  region('AL', '350-369', CENTRAL),
  region('AR', '716-729', CENTRAL),
  region('AS', '96799', 'Pacific/Pago_Pago'),
  region('AZ', '860 865', ARIZONA, MOUNTAIN),
  region('AZ', '850-864', ARIZONA),
  region('CA', '900-961', PACIFIC),
  region('CO', '800-816', MOUNTAIN),
  region('CT', '060-069', EASTERN),
  region('DC', '200 202-205 569', EASTERN),
  region('DE', '197-199', EASTERN),
  region('FL', '324', EASTERN, CENTRAL),
  region('FL', '325', CENTRAL),
  region('FL', '320-349', EASTERN),
  region('FM', '96941-96944', 'Pacific/Port_Moresby', 'Pacific/Guadalcanal', 'Pacific/Kosrae'),
  region('GA', '300-319 398-399', EASTERN),
  region('GU', '96910-96932', 'Pacific/Guam'),
  region('IA', '500-528', CENTRAL),
  region('ID', '835-836', 'America/Boise', PACIFIC),
  region('ID', '838', PACIFIC),
  region('ID', '832-837', 'America/Boise'),
  region('IL', '600-629', CENTRAL),
  region('IN', '463 465 475-476 478-479', EASTERN, CENTRAL),
  region('IN', '464 477', CENTRAL),
  region('IN', '460-474', EASTERN),
  region('KS', '677-679', CENTRAL, MOUNTAIN),
  region('KS', '660-676', CENTRAL),
  region('KY', '401 425-427', EASTERN, CENTRAL),
  region('KY', '420-424', CENTRAL),
  region('KY', '400-418', EASTERN),
  region('LA', '700-714', CENTRAL),
  region('MA', '010-027 055', EASTERN),
  region('MD', '206-219', EASTERN),
  region('ME', '039-049', EASTERN),
  region('MH', '96960 96970', 'Pacific/Majuro'),
  region('MI', '498-499', 'America/Detroit', 'America/Menominee'),
  region('MI', '480-497', 'America/Detroit'),
  region('MN', '550-567', CENTRAL),
  region('MO', '630-658', CENTRAL),
  region('MP', '96950-96952', 'Pacific/Guam'),
  region('MS', '386-397', CENTRAL),
  region('MT', '590-599', MOUNTAIN),
  region('NC', '270-289', EASTERN),
  region('ND', '585-588', CENTRAL, MOUNTAIN),
  region('ND', '580-584', CENTRAL),
  region('NE', '690-692', CENTRAL, MOUNTAIN),
  region('NE', '693', MOUNTAIN),
  region('NE', '680-689', CENTRAL),
  region('NH', '030-038', EASTERN),
  region('NJ', '070-089', EASTERN),
  region('NM', '870-884', MOUNTAIN),
  region('NV', '89883', MOUNTAIN),
  region('NV', '89825-89826 89831-89832', PACIFIC, MOUNTAIN),
  region('NV', '889-898', PACIFIC),
  region('NY', '005 100-149', EASTERN),
  region('OH', '430-459', EASTERN),
  region('OK', '73946', CENTRAL, MOUNTAIN),
  region('TX', '733', CENTRAL),
  region('OK', '730-749', CENTRAL),
  region('OR', '979', PACIFIC, 'America/Boise'),
  region('OR', '970-978', PACIFIC),
  region('PA', '150-196', EASTERN),
  region('PR', '006-007 009', ATLANTIC_STANDARD),
  region('PW', '96939-96940', 'Pacific/Palau'),
  region('RI', '028-029', EASTERN),
  region('SC', '290-299', EASTERN),
  region('SD', '575-576', CENTRAL, MOUNTAIN),
  region('SD', '577', MOUNTAIN),
  region('SD', '570-574', CENTRAL),
  region('TN', '373 377 385', EASTERN, CENTRAL),
  region('TN', '374 376 378-379', EASTERN),
  region('TN', '370-372 375 380-384', CENTRAL),
  region('TX', '798', CENTRAL, MOUNTAIN),
  region('TX', '799 885', MOUNTAIN),
  region('TX', '750-797', CENTRAL),
  region('UM', '96898', 'Pacific/Wake'),
  region('HI', '967-968', 'Pacific/Honolulu'),
  region('UT', '840-847', MOUNTAIN),
  region('VA', '201 220-246', EASTERN),
  region('VI', '008', ATLANTIC_STANDARD),
  region('VT', '050-054 056-059', EASTERN),
  region('WA', '980-994', PACIFIC),
  region('WI', '530-549', CENTRAL),
  region('WV', '247-268', EASTERN),
  region('WY', '820-831', MOUNTAIN),
];

/**
 * First letters of postal codes by Canada Post, three characters where a province keeps two clocks; zones by
 * the comments of `zone.tab`, towns that keep a neighbour's time included.
 */
const canada: readonly Region[] = [
  region('AB', 'T', 'America/Edmonton'),
  region('BC', 'V0A-V0B V1A V1C', 'America/Vancouver', 'America/Edmonton', 'America/Creston'),
  region('BC', 'V0C V1G V1J', 'America/Vancouver', 'America/Dawson_Creek', 'America/Fort_Nelson'),
  region('BC', 'V', 'America/Vancouver'),
  region('MB', 'R', 'America/Winnipeg'),
  region('NB', 'E', 'America/Moncton'),
  region('NL', 'A0K A0P A0R A2V', 'America/St_Johns', 'America/Goose_Bay'),
  region('NL', 'A', 'America/St_Johns'),
  region('NS', 'B', HALIFAX),
  region('NU', 'X0A', 'America/Iqaluit', 'America/Resolute'),
  region('NU', 'X0B', 'America/Cambridge_Bay'),
  region('NU', 'X0C', 'America/Rankin_Inlet', 'America/Atikokan'),
  region('NT', 'X', 'America/Edmonton', 'America/Inuvik'),
  region('ON', 'P0T-P0Y P8-P9', 'America/Toronto', 'America/Winnipeg', 'America/Atikokan'),
  region('ON', 'K-P', 'America/Toronto'),
  region('PE', 'C', HALIFAX),
  region('QC', 'G0C', 'America/Toronto', HALIFAX),
  region('QC', 'G0G', 'America/Toronto', 'America/Blanc-Sablon'),
  region('QC', 'G0B G4T', HALIFAX),
  region('QC', 'G-J', 'America/Toronto'),
  region('SK', 'S0P', 'America/Regina', 'America/Winnipeg'),
  region('SK', 'S9V', 'America/Regina', 'America/Edmonton'),
  region('SK', 'S', 'America/Regina'),
  region('YT', 'Y', 'America/Whitehorse'),
];

/**
 * Postcodes by Australia Post; zones by the comments of `zone.tab`. The Capital Territory keeps the time of
 * the state around it. Some postcodes at the edge of Queensland reach into New South Wales.
 */
const australia: readonly Region[] = [
  region('NT', '0872', 'Australia/Darwin', 'Australia/Adelaide', 'Australia/Perth'),
  region('NT', '08-09', 'Australia/Darwin'),
  region('ACT', '02 2600-2618 29', 'Australia/Sydney'),
  region('NSW', '2880', 'Australia/Broken_Hill', 'Australia/Sydney'),
  region('NSW', '2898', 'Australia/Lord_Howe'),
  region('NSW', '1-2', 'Australia/Sydney'),
  region('VIC', '3 8', 'Australia/Melbourne'),
  region('QLD', '4 9', 'Australia/Brisbane'),
  region('SA', '5', 'Australia/Adelaide'),
  region('WA', '6443', 'Australia/Eucla', 'Australia/Perth'),
  region('WA', '6', 'Australia/Perth'),
  region('TAS', '7', 'Australia/Hobart'),
];

const postalCountries: ReadonlyMap<string, PostalCountry> = new Map([
  ['US', { postcode: /^\d{5}(\d{4})?$/, regions: unitedStates }],
  ['CA', { postcode: /^[A-Z]\d[A-Z](\d[A-Z]\d)?$/, regions: canada }],
  ['AU', { postcode: /^\d{4}$/, regions: australia }],
]);
