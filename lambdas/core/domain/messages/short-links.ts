/** A web address in a text, without the punctuation of the sentence after it. */
const address = /\bhttps:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/g;

/** Every distinct web address in a text, in its order. */
export const addressesIn = (text: string): readonly string[] => [
  ...new Set(text.match(address) ?? []),
];

/** The text with each address replaced. */
export const withAddresses = (text: string, replace: (address: string) => string): string =>
  text.replaceAll(address, (found) => replace(found));

/**
 * The text with every web address replaced by a short one; each address is made short once.
 *
 * @param make gives the short form of an address
 */
export const shortened = async (
  text: string,
  make: (address: string) => Promise<string>,
): Promise<string> => {
  const pairs = await Promise.all(
    addressesIn(text).map(async (long) => [long, await make(long)] as const),
  );
  const short = new Map(pairs);
  return withAddresses(text, (long) => short.get(long) ?? long);
};
