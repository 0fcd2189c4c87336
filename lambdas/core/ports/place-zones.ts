/** Where something is sent to, as far as it is known. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly postcode?: string | undefined;
  /** State, province or territory as the post abbreviates it: `CA`, also as ISO 3166-2 `US-CA`. */
  readonly region?: string | undefined;
  /** Degrees north and east; of no use one without the other. */
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
}

/**
 * The time zones of the IANA database that may be kept at a place: one where it is certain, all that come
 * into question otherwise, none where nothing is known of it.
 */
export type PlaceZones = (place: Place) => readonly string[];
