import type { OfferState, OfferView, SessionAnswer } from '#core/contracts/session-api.ts';

type Check<Value> = (value: unknown) => value is Value;

const text = (value: unknown): value is string => typeof value === 'string';

const some = (value: unknown): value is string => text(value) && value !== '';

const whole = (value: unknown): value is number => Number.isInteger(value);

const optional =
  <Value>(check: Check<Value>): Check<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || check(value);

const oneOf =
  <Value extends string>(known: Readonly<Record<Value, true>>): Check<Value> =>
  (value): value is Value =>
    text(value) && Object.hasOwn(known, value);

const listOf =
  <Value>(check: Check<Value>): Check<Value[]> =>
  (value): value is Value[] =>
    Array.isArray(value) && value.every(check);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? { ...value } : undefined;

/** What the contract has and is not checked here, or the other way round, is an error of types. */
const shape =
  <Value extends object>(checks: {
    readonly [Key in keyof Value]-?: Check<Value[Key]>;
  }): Check<Value> =>
  (value): value is Value => {
    const fields = fieldsOf(value);
    return (
      fields !== undefined &&
      Object.entries<(field: unknown) => boolean>(checks).every(([key, check]) =>
        check(fields[key]),
      )
    );
  };

const isState = oneOf<OfferState>({
  open: true,
  dismissed: true,
  pending: true,
  confirmed: true,
  refused: true,
  expired: true,
});

/** The component treats all types alike: it shows one that was added after it was built. */
const isType = (value: unknown): value is OfferView['type'] => text(value);

const isOffer = shape<OfferView>({
  impressionId: some,
  slot: whole,
  type: isType,
  headline: some,
  text: optional(text),
  action: some,
  imageUrl: optional(text),
  partner: optional(text),
  product: optional(
    shape<NonNullable<OfferView['product']>>({ sku: some, name: some, price: text }),
  ),
  href: optional(some),
  state: isState,
});

const isSession = shape<Omit<SessionAnswer, 'offers'>>({
  sessionId: some,
  sessionToken: some,
  expiresAt: text,
  locale: text,
  prompts: shape<SessionAnswer['prompts']>({ review: optional(text), nps: optional(text) }),
  guides: listOf(shape<SessionAnswer['guides'][number]>({ sku: text, name: some, url: some })),
  words: shape<SessionAnswer['words']>({
    heading: some,
    dismiss: some,
    opensPartner: text,
    pending: text,
    confirmed: text,
    refused: text,
    expired: text,
    failed: text,
  }),
});

/**
 * An answer of the API as a session, its offers by their places. An offer that cannot be read is left out; where the
 * session itself cannot be read there is none.
 */
export const readSession = (body: unknown): SessionAnswer | undefined => {
  const offers = fieldsOf(body)?.['offers'];
  if (!isSession(body) || !Array.isArray(offers)) return undefined;
  return { ...body, offers: offers.filter(isOffer).sort((a, b) => a.slot - b.slot) };
};

const isTold = shape<{ impressionId: string; state: OfferState }>({
  impressionId: some,
  state: isState,
});

/** What an answer to interactions says has become of an offer. */
export const readState = (body: unknown, impressionId: string): OfferState | undefined => {
  const offers = fieldsOf(body)?.['offers'];
  if (!Array.isArray(offers)) return undefined;
  return offers.filter(isTold).find((offer) => offer.impressionId === impressionId)?.state;
};
