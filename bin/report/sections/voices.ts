import { netPromoterScore } from '#core/domain/statistics/net-promoter-score.ts';
import { intervalAround } from '#core/domain/statistics/interval.ts';
import { normalQuantile } from '#core/domain/statistics/normal.ts';
import { wilsonInterval } from '#core/domain/statistics/wilson-interval.ts';
import { intervalChart } from '../charts/interval-chart.ts';
import {
  ALPHA,
  count,
  counted,
  decimal,
  FEWEST,
  month,
  NOTHING,
  percent,
  points,
  range,
  rate,
  rateRange,
} from '../formats.ts';
import { numberIn, type Row, type Rows, rowsBy, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';

const SHOWN_MONTHS = 12;

/** What customers answer: whether they would recommend the shop, and how content they are. */
export const voices: Chapter = {
  id: 'nps-csat',
  title: 'NPS and satisfaction',
  views: ['nps', 'csat'],
  queries: (scope) => [
    `select shop, month, answers, promoters, detractors from nps ${where(scope, { month: 'month' })} order by month, shop`,
    `select shop, month, answers, satisfied, mean_score from csat ${where(scope, { month: 'month' })} order by month, shop`,
  ],
  tell: ([nps = [], csat = []], context) =>
    nps.length + csat.length === 0
      ? {
          reading: 'Nobody has answered a survey yet.',
          notes: [
            'The satisfaction survey and the recommendation survey ask; answers come by their pages (SurveyAnswered).',
          ],
        }
      : toldVoices(nps, csat, context),
};

const toldVoices = (nps: Rows, csat: Rows, context: ReportContext): Told => {
  const all = scoreOf(nps);
  const [answers, satisfied] = [sumOf(csat, 'answers'), sumOf(csat, 'satisfied')];
  const score =
    all.score === undefined
      ? `With ${counted(all.answers, 'answer')} it is too early for a net promoter score`
      : `The net promoter score is ${points(all.score)} (95% interval ${range(all.lower, all.upper, points)}, ${counted(all.answers, 'answer')})`;
  const content =
    answers < FEWEST
      ? `too few have said how content they are (${counted(answers, 'answer')})`
      : `${rate(satisfied, answers)} of ${count(answers)} who answered are content (${rateRange(satisfied, answers)})`;
  return {
    reading: `${score}; ${content}.`,
    figure: {
      label: 'Net promoter score',
      value: all.score === undefined ? NOTHING : points(all.score),
      note: counted(all.answers, 'answer'),
    },
    charts: [...npsCharts(nps), ...csatCharts(csat)],
    tables: [...npsTables(nps, context), ...csatTables(csat, context)],
    notes: ['Who answers is not who buys. Of several answers about one order the latest counts.'],
  };
};

interface Score {
  readonly answers: number;
  /** Absent under the fewest that anything is told of. */
  readonly score?: number | undefined;
  readonly lower: number;
  readonly upper: number;
}

/** In points, of the counts of all rows together: scores cannot be averaged. */
const scoreOf = (rows: Rows): Score => {
  const answers = sumOf(rows, 'answers');
  if (answers < FEWEST) return { answers, lower: 0, upper: 0 };
  const nps = netPromoterScore({
    answers,
    promoters: sumOf(rows, 'promoters'),
    detractors: sumOf(rows, 'detractors'),
  });
  const { lower, upper } = intervalAround(nps, normalQuantile(1 - ALPHA / 2));
  return { answers, score: 100 * nps.value, lower: 100 * lower, upper: 100 * upper };
};

const monthsOf = (rows: Rows) => [...rowsBy(rows, 'month')].slice(-SHOWN_MONTHS);

const npsCharts = (rows: Rows) => {
  const shown = monthsOf(rows).flatMap(([label, of]) => {
    const { score, lower, upper, answers } = scoreOf(of);
    return score === undefined
      ? []
      : [
          {
            label: `${month(label)} (n ${count(answers)})`,
            value: score,
            lower,
            upper,
            text: points(score),
          },
        ];
  });
  return shown.length === 0
    ? []
    : [
        intervalChart({
          title: 'Net promoter score by month, with 95% intervals',
          description: shown.map(({ label, text }) => `${label} ${text}`).join('; '),
          rows: shown,
          write: points,
          within: [-100, 100],
        }),
      ];
};

const csatCharts = (rows: Rows) => {
  const shown = monthsOf(rows).flatMap(([label, of]) => {
    const [n, satisfied] = [sumOf(of, 'answers'), sumOf(of, 'satisfied')];
    return n < FEWEST
      ? []
      : [
          {
            label: `${month(label)} (n ${count(n)})`,
            value: satisfied / n,
            ...wilsonInterval(satisfied, n, ALPHA),
            text: rate(satisfied, n),
          },
        ];
  });
  return shown.length === 0
    ? []
    : [
        intervalChart({
          title: 'Share who are content (4 or 5 of 5) by month, with 95% intervals',
          description: shown.map(({ label, text }) => `${label} ${text}`).join('; '),
          rows: shown,
          write: percent,
        }),
      ];
};

const npsTables = (rows: Rows, { shopName }: ReportContext): readonly Table[] =>
  rows.length === 0
    ? []
    : [
        {
          caption: 'Net promoter score by month and shop',
          columns: columnsOf(
            'Month',
            'Shop*',
            'Answers',
            'Promoters',
            'Detractors',
            'NPS',
            '95% interval',
          ),
          rows: rows.map((row) => {
            const { score, lower, upper, answers } = scoreOf([row]);
            return [
              ...placeOf(row, shopName),
              count(answers),
              count(numberIn(row, 'promoters')),
              count(numberIn(row, 'detractors')),
              score === undefined ? NOTHING : points(score),
              score === undefined ? NOTHING : range(lower, upper, points),
            ];
          }),
        },
      ];

const csatTables = (rows: Rows, { shopName }: ReportContext): readonly Table[] =>
  rows.length === 0
    ? []
    : [
        {
          caption: 'Satisfaction by month and shop',
          columns: columnsOf(
            'Month',
            'Shop*',
            'Answers',
            'Content',
            'Share',
            '95% interval',
            'Mean of 5',
          ),
          rows: rows.map((row) => {
            const [n, satisfied] = [numberIn(row, 'answers'), numberIn(row, 'satisfied')];
            return [
              ...placeOf(row, shopName),
              count(n),
              count(satisfied),
              rate(satisfied, n),
              rateRange(satisfied, n),
              n < FEWEST ? NOTHING : decimal(numberIn(row, 'mean_score')),
            ];
          }),
        },
      ];

const placeOf = (row: Row, shopName: (shop: string) => string): readonly string[] => [
  month(textIn(row, 'month')),
  shopName(textIn(row, 'shop')),
];
