/** Step Functions allows names of 80 characters. */
const MAX_NAME = 80;

/** Kept free for the hash that stands in for what does not fit. */
const HASH_LENGTH = 16;

/**
 * The name of the one execution of a stage for an order: starting it again under the same name
 * starts nothing. A shop's id and a stage have no `_`, so two orders never share a name.
 *
 * @param hash a stable hash in hexadecimal, for ids that a name cannot hold as they are
 */
export const executionName = (
  {
    shop,
    orderId,
    stage,
  }: { readonly shop: string; readonly orderId: string; readonly stage: string },
  hash: (text: string) => string,
): string => {
  const plain = `${shop}_${orderId}_${stage}`;
  if (/^[\w-]+$/.test(plain) && plain.length <= MAX_NAME) return plain;
  const legible = orderId.replace(/[^\w-]/g, '-').slice(0, 12);
  // A dot never stands in a plain name, so a hashed one cannot equal it.
  return `${shop}_${legible}.${hash(orderId).slice(0, HASH_LENGTH)}_${stage}`;
};
