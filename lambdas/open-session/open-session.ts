import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { MAX_BODY_BYTES, openSessionBody } from '#core/contracts/session-api.ts';
import type { DrawnArm } from '#core/domain/experiments/arms.ts';
import { type Experiments, HOLDOUT } from '#core/domain/experiments/experiment.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import { type Answer, notFound, problem, unauthorized } from '#core/http/answer.ts';
import { bearerOf, type HttpRequest } from '#core/http/http-request.ts';
import { readBody } from '#core/http/read-body.ts';
import { openings } from '#core/sessions/news-to-events.ts';
import { pageTokens, sessionAnswer } from '#core/sessions/session-answer.ts';
import { decideSession } from './decide-session.ts';
import type { Opened } from './gather.ts';
import { type Known, knownOf } from './known.ts';
import type { OpenSessionDeps } from './open-session-deps.ts';

const sessionPath = /\/sessions\/([0-9a-f]{32})$/;

/**
 * Answers `POST /sessions`: the session of the order that the shop's token names, opened now or before. An order has
 * one for ever, so that whoever asks again, and with whatever token, is answered the same. Also answers
 * `GET /sessions/{id}`, for a page that waits to hear what becomes of an accepted offer.
 *
 * Made once by each instance of the function: it remembers what sessions have in common.
 *
 * @throws when a table, a key or the bus cannot be reached; asked again, it goes on where it broke off
 */
export const openSession = (deps: OpenSessionDeps): ((request: HttpRequest) => Promise<Answer>) => {
  const known = knownOf(deps);
  return async (request) => {
    const [, sessionId] = sessionPath.exec(request.path) ?? [];
    if (request.method === 'POST' && request.path.endsWith('/sessions'))
      return open(deps, known, request);
    return request.method === 'GET' && sessionId !== undefined
      ? look(deps, request, sessionId)
      : notFound();
  };
};

const open = async (deps: OpenSessionDeps, known: Known, request: HttpRequest): Promise<Answer> => {
  const reading = readBody(request, openSessionBody, MAX_BODY_BYTES);
  if (reading.kind === 'refused') return reading.answer;
  const now = deps.now().toISOString();
  const check = await deps.orderTokens(reading.body.orderToken, now);
  if (check.kind === 'invalid') return unauthorized(check.because);
  const { shop: shopId, orderId, order } = check;
  const shop = new Map(Object.entries(deps.shops)).get(shopId);
  if (shop === undefined) return unauthorized('its iss is no shop of this deployment');

  const { session, isNew } = await sessionOf(deps, known, { shopId, shop, orderId, order }, now);
  if (now >= session.endsAt) return closed();
  await tellOpening(deps, session, now);
  return { ...(await answered(deps, session)), status: isNew ? 201 : 200 };
};

/** As it is stored; of two who open it at once, the one who stored it decided. */
const sessionOf = async (
  deps: OpenSessionDeps,
  known: Known,
  opened: Opened,
  now: string,
): Promise<{ readonly session: Session; readonly isNew: boolean }> => {
  const { sessions, digest } = deps;
  const sessionId = sessionIdOf(opened.shopId, opened.orderId, digest);
  const stored = await sessions.find(sessionId);
  if (stored !== undefined) return { session: stored, isNew: false };
  const session = await decideSession(deps, known, opened, now);
  if (await sessions.write(session)) return { session: { ...session, version: 1 }, isNew: true };
  const winner = await sessions.find(sessionId);
  if (winner === undefined)
    throw new Error(`session ${sessionId} was opened by another request and is gone: try again`);
  return { session: winner, isNew: false };
};

/**
 * Told whenever the page is opened, not only the first time: nobody knows whether a request that broke off had told
 * it, and asking would take another write. Told twice it is one: the ids are the same.
 */
const tellOpening = async (
  { told, publisher, experiments }: OpenSessionDeps,
  session: Session,
  now: string,
): Promise<void> => {
  const exposures = exposureOf(experiments, session);
  await Promise.all([
    told.tell(openings(session, now)),
    exposures.length === 0 ? undefined : publisher.publish(exposures),
  ]);
};

/** In the holdout or not, a known customer counts from here: by intention to treat. */
const exposureOf = (experiments: Experiments, session: Session): readonly OutgoingEvent[] => {
  const { shop, orderId, sessionId, customerId, openedAt } = session;
  if (customerId === undefined) return [];
  return armsOf(experiments, session).map(({ experiment, arm }) => ({
    type: 'ExposureRecorded',
    detail: {
      eventId: `exposure-recorded/${experiment}/${arm}/${sessionId}`,
      occurredAt: openedAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      customerId,
      experiment,
      arm,
      orderId,
      sessionId,
    },
  }));
};

const armsOf = (
  { holdout }: Experiments,
  { isHeldOut, arms = [] }: Session,
): readonly DrawnArm[] => {
  const arm = isHeldOut ? HOLDOUT.heldOut : HOLDOUT.treated;
  return holdout === undefined || holdout.share === 0
    ? arms
    : [{ experiment: HOLDOUT.key, arm }, ...arms];
};

const look = async (
  deps: OpenSessionDeps,
  request: HttpRequest,
  sessionId: string,
): Promise<Answer> => {
  const token = bearerOf(request);
  if (token === undefined) return unauthorized('there is no header `Authorization: Bearer …`');
  const now = deps.now().toISOString();
  const check = await deps.sessionTokens.read(token, 'session', now);
  if (check.kind === 'invalid') return unauthorized(check.because);
  if (check.claims.sessionId !== sessionId) return notFound();
  const session = await deps.sessions.find(sessionId);
  if (session === undefined) return notFound();
  return now >= session.endsAt ? closed() : answered(deps, session);
};

const closed = (): Answer =>
  problem(
    410,
    'session-closed',
    'the page of this order is closed: a session lasts 24 hours, and an order has one',
  );

const answered = async (
  { shops, sessionTokens }: OpenSessionDeps,
  session: Session,
): Promise<Answer> => {
  const shop = new Map(Object.entries(shops)).get(session.shop);
  if (shop === undefined) return notFound();
  return {
    status: 200,
    body: sessionAnswer(session, shop, await pageTokens(session, sessionTokens)),
  };
};
