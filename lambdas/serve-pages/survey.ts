import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { surveyPage, thanksPage } from '#core/domain/pages/pages.ts';
import { answerIn, scoreIn } from '#core/domain/pages/survey-answer.ts';
import type { PageAnswer } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import type { Visit } from './visit.ts';

/** `2026-11-22T12` */
const HOUR = 13;

/** The question; a score in the link is chosen already, and counts no sooner than the form is sent. */
export const showSurvey = (
  { frame, show, shop: { survey }, claims: { orderId } }: Visit,
  query: URLSearchParams,
): PageAnswer => {
  const score = scoreIn(survey, query.get('score'));
  return show(surveyPage(frame, { survey, orderId, score, comment: '' }));
};

/**
 * Tells the answer. The same answer sent twice within an hour is one event; another one, or a later one, is an
 * event of its own, so that the last counts.
 */
export const answerSurvey = async (
  deps: ServePagesDeps,
  { claims, frame, show, shop: { survey } }: Visit,
  fields: URLSearchParams,
): Promise<PageAnswer> => {
  const { shop, orderId, touchId } = claims;
  const { score, comment, problem } = answerIn(survey, {
    score: fields.get('score'),
    comment: fields.get('comment'),
  });
  if (score === undefined || problem !== undefined)
    return show(surveyPage(frame, { survey, orderId, score, comment, problem }), 422);

  const now = deps.now().toISOString();
  const fact = [shop, orderId, touchId, score, comment, now.slice(0, HOUR)];
  await deps.told.tell([
    {
      type: 'SurveyAnswered',
      detail: {
        eventId: `page/${deps.digest(JSON.stringify(fact))}`,
        occurredAt: now,
        schemaVersion: SCHEMA_VERSION,
        shop,
        orderId,
        survey,
        score,
        ...(comment === '' ? {} : { comment }),
      },
    },
  ]);
  await deps.records.hear(claims, 'answered', now);
  return show(thanksPage(frame));
};
