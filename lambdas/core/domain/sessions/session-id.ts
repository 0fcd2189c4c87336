/**
 * The one session that an order has for ever, 32 hexadecimal digits: whoever opens its page, and however often, opens
 * this, and draws are seeded by it. A shop's id has no slash, so that no two orders share one.
 *
 * @param digest hexadecimal digits of the text's SHA-256
 */
export const sessionIdOf = (
  shop: string,
  orderId: string,
  digest: (text: string) => string,
): string => digest(`session/${shop}/${orderId}`).slice(0, 32);

/** Names the showing of an offer in a place of a session's page. */
export const impressionIdOf = (sessionId: string, slot: number): string => `${sessionId}-${slot}`;
