/** Who is who in the lake. A customer whose entry is destroyed is nobody there any more. */
export interface Pseudonyms {
  /** The pseudonyms of a shop's customers, by id; made where there is none yet. */
  readonly of: (
    shop: string,
    customerIds: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;

  /** Those that there are, by id; none is made. */
  readonly find: (
    shop: string,
    customerIds: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
}
