import type { Survey } from '../orders/order-event.ts';
import { withQuery } from './links.ts';

export interface SurveyView {
  readonly isNps: boolean;
  /** From the least score to the highest. */
  readonly answers: readonly AnswerView[];
}

interface AnswerView {
  readonly score: number;
  /** Our survey page, told the score. Mail scanners follow links: the page asks before it counts. */
  readonly url: string;
}

/** Least and highest score of each question. */
const scoresOf = { csat: { from: 1, to: 5 }, nps: { from: 0, to: 10 } } as const;

/** The question's answers as links; `null` without a page that takes them. */
export const surveyView = (survey: Survey, page: string | null): SurveyView | null => {
  if (page === null) return null;
  return {
    isNps: survey === 'nps',
    // One touch alone asks for them.
    get answers() {
      return scoresIn(survey).map((score) => ({
        score,
        url: withQuery(page, 'score', `${score}`),
      }));
    },
  };
};

/** From the least to the highest. */
export const scoresIn = (survey: Survey): readonly number[] => {
  const { from, to } = scoresOf[survey];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};
