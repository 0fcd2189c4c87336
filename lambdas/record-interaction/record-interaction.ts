import { interactionsBody, MAX_BODY_BYTES } from '#core/contracts/session-api.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { type Answer, notFound, problem, unauthorized } from '#core/http/answer.ts';
import type { HttpRequest } from '#core/http/http-request.ts';
import { readBody } from '#core/http/read-body.ts';
import { stateOf } from '#core/sessions/session-answer.ts';
import { applyInteractions } from './apply.ts';
import type { RecordInteractionDeps } from './record-interaction-deps.ts';
import { visit } from './visit.ts';

const interactionsPath = /\/sessions\/([0-9a-f]{32})\/interactions$/;
const visitPath = /\/sessions\/([0-9a-f]{32})\/visits\/([0-9a-f]{32}-\d{1,2})$/;

/**
 * Answers `POST /sessions/{id}/interactions`, what a customer did with the offers of a page, and
 * `GET /sessions/{id}/visits/{impressionId}`, the way to where one leads. A token that is of another session opens
 * nothing and learns nothing.
 *
 * @throws when a table, a key, Scheduler or the bus cannot be reached; said again, it goes on where it broke off
 */
export const recordInteraction =
  (deps: RecordInteractionDeps) =>
  async (request: HttpRequest): Promise<Answer> => {
    const [, sessionId] = interactionsPath.exec(request.path) ?? [];
    if (request.method === 'POST' && sessionId !== undefined)
      return interact(deps, request, sessionId);
    const [, visited, impressionId] = visitPath.exec(request.path) ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return isRead && visited !== undefined && impressionId !== undefined
      ? visit(deps, request, visited, impressionId)
      : notFound();
  };

const interact = async (
  deps: RecordInteractionDeps,
  request: HttpRequest,
  sessionId: string,
): Promise<Answer> => {
  const reading = readBody(request, interactionsBody, MAX_BODY_BYTES);
  if (reading.kind === 'refused') return reading.answer;
  const { sessionToken, interactions } = reading.body;
  const now = deps.now().toISOString();
  const check = await deps.sessionTokens.read(sessionToken, 'session', now);
  if (check.kind === 'invalid') return unauthorized(check.because);
  if (check.claims.sessionId !== sessionId) return notFound();

  const applied = await applyInteractions(deps, sessionId, interactions);
  switch (applied.kind) {
    case 'no-session':
      return notFound();
    case 'closed':
      return problem(410, 'session-closed', 'the page of this order is closed after 24 hours');
    case 'unknown':
      return problem(
        400,
        'unknown-impression',
        'interactions: expected an impressionId of this session, as it was answered',
      );
    case 'not-a-product':
      return problem(
        400,
        'not-a-product',
        'interactions: only offers of a product can be accepted: follow the href of the others',
      );
    case 'interacted':
      return {
        status: 200,
        body: {
          offers: named(applied.session, new Set(interactions.map((each) => each.impressionId))),
        },
      };
  }
};

const named = ({ offers }: Session, impressionIds: ReadonlySet<string>) =>
  offers
    .filter(({ impressionId }) => impressionIds.has(impressionId))
    .map((offer) => ({ impressionId: offer.impressionId, state: stateOf(offer) }));
