import { unsubscribedPage, unsubscribePage } from '#core/domain/pages/pages.ts';
import { consentChanged, heldOf } from './consent-told.ts';
import { textAnswer } from './page-answers.ts';
import type { PageAnswer } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import type { Visit } from './visit.ts';

export const showUnsubscribe = (visit: Visit): PageAnswer =>
  visit.claims.customerId === undefined
    ? visit.refuse('nobody')
    : visit.show(unsubscribePage(visit.frame));

/**
 * Ends marketing by e-mail. A mail program's one click (RFC 8058) is answered at once and plainly, a press of our
 * button with a page.
 */
export const unsubscribe = async (
  deps: ServePagesDeps,
  visit: Visit,
  fields: URLSearchParams,
): Promise<PageAnswer> => {
  const { claims, frame } = visit;
  const isOneClick = fields.get('List-Unsubscribe') === 'One-Click';
  if (claims.customerId === undefined) return visit.refuse('nobody');

  const before = heldOf(visit, 'marketing', 'email');
  if (before?.state !== 'withdrawn') {
    const source = isOneClick ? ('one-click' as const) : ('unsubscribe-page' as const);
    const said = { purpose: 'marketing', channel: 'email', state: 'withdrawn' } as const;
    await deps.told.tell([
      consentChanged(deps, visit, claims.customerId, { ...said, source, before }),
    ]);
  }
  await deps.records.hear(claims, 'unsubscribed', deps.now().toISOString());
  return isOneClick
    ? textAnswer(200, frame.words.unsubscribed.title)
    : visit.show(unsubscribedPage(frame));
};
