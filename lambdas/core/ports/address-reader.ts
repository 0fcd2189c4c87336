/** Reads addresses as people write them. */
export interface AddressReader {
  /** The one spelling that all spellings of an e-mail address have; nothing of what has no domain. */
  readonly email: (written: string) => string | undefined;

  /**
   * A mobile number as E.164; nothing of what cannot be read as one.
   *
   * @param countries ISO 3166-1, in which a number without a country code may be: the first that it fits
   */
  readonly mobile: (written: string, countries: readonly string[]) => string | undefined;
}
