import { scoresIn } from '../messages/survey-view.ts';
import type { Survey } from '../orders/order-event.ts';

/** As SurveyAnswered has it. */
export const mostCommentCharacters = 2000;

/** A form's fields, as far as they can be an answer. */
export interface SurveyAnswer {
  readonly score: number | undefined;
  readonly comment: string;
  readonly problem?: 'noScore' | 'tooLong' | undefined;
}

/** The score that a text names, if the question has it. */
export const scoreIn = (survey: Survey, text: string | null): number | undefined =>
  scoresIn(survey).find((score) => String(score) === text);

/** Browsers send a line's end as two characters and count it as one. */
export const answerIn = (
  survey: Survey,
  fields: { readonly score: string | null; readonly comment: string | null },
): SurveyAnswer => {
  const score = scoreIn(survey, fields.score);
  const comment = (fields.comment ?? '').replaceAll('\r\n', '\n').trim();
  const answer = { score, comment };
  if (score === undefined) return { ...answer, problem: 'noScore' };
  return comment.length > mostCommentCharacters ? { ...answer, problem: 'tooLong' } : answer;
};
