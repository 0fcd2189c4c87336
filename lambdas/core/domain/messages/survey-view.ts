import type { Survey } from '../orders/order-event.ts';
import { withQuery } from './links.ts';

export interface SurveyView {
  readonly isNps: boolean;
  /** From the least score to the highest. */
  readonly answers: readonly AnswerView[];
}

interface AnswerView {
  readonly score: number;
  /** The survey page, told the score. Mail scanners follow links: the page asks before it counts. */
  readonly url: string;
}

const scoresOf = { csat: { from: 1, to: 5 }, nps: { from: 0, to: 10 } } as const;

/** The question's answers as links; `null` when the shop has no page that takes them. */
export const surveyView = (survey: Survey, page: string | null): SurveyView | null => {
  if (page === null) return null;
  const { from, to } = scoresOf[survey];
  const scores = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return {
    isNps: survey === 'nps',
    answers: scores.map((score) => ({ score, url: withQuery(page, 'score', `${score}`) })),
  };
};
