import { idsOf } from '#core/delivery/touch-inputs.ts';
import { type Answer, problem, unauthorized } from '#core/http/answer.ts';
import { bearerOf } from '#core/http/http-request.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Inbox, KeptMessage } from '#core/ports/inbox.ts';
import type { CheckShopToken } from '#core/ports/shop-tokens.ts';
import type { InboxRequest } from './contract.ts';

export interface ServeInboxDeps {
  readonly customers: Pick<Customers, 'read'>;
  readonly inbox: Pick<Inbox, 'latest'>;
  readonly checkToken: CheckShopToken;
  readonly now: () => Date;
}

const MOST_MESSAGES = 50;
const USUAL_MESSAGES = 20;

/**
 * Answers `GET /inbox?limit=&cursor=` with the messages of the customer that the bearer token names, newest
 * first, and with `next`, the cursor of those before them, where there are any.
 *
 * @throws when tables or keys cannot be read
 */
export const serveInbox =
  (deps: ServeInboxDeps) =>
  async ({ headers, queryStringParameters: query }: InboxRequest): Promise<Answer> => {
    const token = bearerOf({ headers });
    if (token === undefined) return unauthorized('there is no header `Authorization: Bearer …`');
    const now = deps.now().toISOString();
    const check = await deps.checkToken(token, now);
    if (check.kind === 'invalid') return unauthorized(check.because);

    const limit = limitOf(query['limit']);
    if (limit === undefined)
      return problem(
        400,
        'bad-request',
        `limit: expected a whole number from 1 to ${MOST_MESSAGES}`,
      );
    const { cursor } = query;
    if (cursor !== undefined && !isCursor(cursor))
      return problem(
        400,
        'bad-request',
        'cursor: expected the `next` of an answer, as it was given',
      );

    const { shop, customerId } = check;
    const customer = await deps.customers.read(shop, customerId);
    const customerIds = idsOf(customerId, customer);
    // One more than is shown tells whether there are any before them.
    const found = await deps.inbox.latest({
      shop,
      customerIds,
      limit: limit + 1,
      before: cursor,
      now,
    });
    const messages = found.slice(0, limit);
    const next = found.length > limit ? messages.at(-1)?.id : undefined;
    return { status: 200, body: { messages: messages.map(shown), next } };
  };

const limitOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return USUAL_MESSAGES;
  const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  return limit >= 1 && limit <= MOST_MESSAGES ? limit : undefined;
};

/** DynamoDB takes sort keys of 1,024 bytes: 1,366 characters of base64url. */
const isCursor = (given: string): boolean => /^[\w-]{24,1366}$/.test(given);

/** What a customer's app is told of a message; the names of our touches help a shop to sort them. */
const shown = ({ id, at, title, text, url, touch, orderId }: KeptMessage) => ({
  id,
  at,
  title,
  text,
  url,
  touch,
  orderId,
});
