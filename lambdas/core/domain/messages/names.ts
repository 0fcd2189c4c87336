const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Marks that turn the direction of whatever text comes after them. */
const directionMarks = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Anything a mail program could turn into a link: `https://…`, `me@…`, `casino.example`. */
const linkLike = /:\/\/|@|\bwww\.|\.\p{L}{2,}/iu;

const longestName = 80;

/** Hebrew and Arabic letters, and the scripts between them. */
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;

/** A name written right to left, so that it does not take the comma after it along. */
const isolated = (name: string): string => (rightToLeft.test(name) ? `\u2068${name}\u2069` : name);

/** Text from outside in one line, without characters that could move or break what stands around it. */
export const plainText = (text: string): string =>
  text.replaceAll(control, ' ').replaceAll(directionMarks, '').replaceAll(/\s+/gu, ' ').trim();

/**
 * The name to greet by, or `null` for a greeting without one. A checkout form takes any text as a
 * name; one that carries a link would make the shop the sender of somebody's advertisement.
 */
export const greetingName = (name: string | undefined): string | null => {
  const plain = plainText(name ?? '');
  return plain === '' || plain.length > longestName || linkLike.test(plain)
    ? null
    : isolated(plain);
};
