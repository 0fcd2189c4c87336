import { confirmedPage, consentPage } from '#core/domain/pages/pages.ts';
import { consentChanged, heldOf } from './consent-told.ts';
import type { PageAnswer } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import type { Visit } from './visit.ts';

/** Only an address that the message went to can be confirmed by it. */
const mayConfirm = ({ claims }: Visit, fields: URLSearchParams): boolean =>
  fields.get('c') === 'email' && claims.channel === 'email';

export const showConsent = (visit: Visit, query: URLSearchParams): PageAnswer => {
  if (!mayConfirm(visit, query)) return visit.refuse('refused');
  return visit.claims.customerId === undefined
    ? visit.refuse('nobody')
    : visit.show(consentPage(visit.frame));
};

/** Double opt-in: the owner of the address confirms that marketing may go there. */
export const confirmConsent = async (
  deps: ServePagesDeps,
  visit: Visit,
  fields: URLSearchParams,
): Promise<PageAnswer> => {
  const { customerId } = visit.claims;
  if (!mayConfirm(visit, fields)) return visit.refuse('refused');
  if (customerId === undefined) return visit.refuse('nobody');

  const before = heldOf(visit, 'marketing', 'email');
  if (before?.state !== 'granted' || !before.confirmed) {
    const said = { purpose: 'marketing', channel: 'email', state: 'granted' } as const;
    await deps.told.tell([
      consentChanged(deps, visit, customerId, { ...said, source: 'double-opt-in', before }),
    ]);
  }
  return visit.show(confirmedPage(visit.frame));
};
