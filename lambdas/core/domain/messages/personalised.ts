import type { PersonalisedElement, Touch } from '../touches/touch.ts';
import type { MessageContext } from './message-context.ts';

/** Whether a context has what the element is made of; of two orders one may have it and the other not. */
const has: Readonly<Record<PersonalisedElement, (context: MessageContext) => boolean>> = {
  lines: ({ order }) => !order.items.isEmpty,
  amounts: ({ order }) => !order.items.isEmpty,
  // Every order was placed on some day.
  dates: () => true,
  parcel: ({ parcels, attempts }) => parcels.length + attempts.length > 0,
  name: ({ customer }) => customer.name !== null,
  access: ({ access }) => access.lines.some(({ accessUrl }) => accessUrl !== null),
  // Dates, amounts and words follow the customer's locale in every message.
  locale: () => true,
  gift: ({ order }) => order.isGift,
  guide: ({ told }) => told.lines.some(({ guideUrl }) => guideUrl !== null),
  offers: ({ offers }) => offers.length > 0,
  answers: ({ survey }) => survey !== null,
  content: ({ told, offers }) => [...told.lines, ...offers].some(({ texts }) => texts.length > 0),
  refund: ({ refunds }) => refunds.length > 0,
};

/**
 * What of a message depends on the order or the customer: of the elements that its touch declares, those that there was
 * something for. It does not tell channels apart: a text may leave out what the e-mail of the same touch says.
 */
export const personalisedIn = (
  { personalised }: Pick<Touch, 'personalised'>,
  context: MessageContext,
): readonly PersonalisedElement[] => personalised.filter((element) => has[element](context));
