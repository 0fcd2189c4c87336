import { regionsOf } from '#core/domain/contact-policy/policy.ts';
import { preferencesPage } from '#core/domain/pages/pages.ts';
import { changesOf, type Choice, choicesOf, chosen } from '#core/domain/pages/preferences.ts';
import { consentChanged } from './consent-told.ts';
import type { PageAnswer } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import type { Visit } from './visit.ts';

export const showPreferences = (deps: ServePagesDeps, visit: Visit): PageAnswer =>
  visit.claims.customerId === undefined
    ? visit.refuse('nobody')
    : visit.show(preferencesPage(visit.frame, held(deps, visit)));

/** Tells what differs from what holds, and shows what was chosen: it is taken in a moment later. */
export const savePreferences = async (
  deps: ServePagesDeps,
  visit: Visit,
  fields: URLSearchParams,
): Promise<PageAnswer> => {
  const { customerId } = visit.claims;
  if (customerId === undefined) return visit.refuse('nobody');

  const before = held(deps, visit);
  const after = chosen(before, new Set(fields.getAll('on')));
  const changes = changesOf(before, after);
  await deps.told.tell(
    changes.map(({ said, ...change }) =>
      consentChanged(deps, visit, customerId, {
        ...change,
        before: said,
        source: 'preference-centre',
      }),
    ),
  );
  const told = changes.length === 0 ? 'unchanged' : 'saved';
  return visit.show(preferencesPage(visit.frame, after, told));
};

const held = ({ policy }: ServePagesDeps, { customer, order, shop }: Visit): readonly Choice[] =>
  choicesOf({
    customer,
    policy,
    regions: regionsOf(policy, order?.shipTo?.country ?? shop.country),
    legalEntity: shop.legal.entity,
  });
