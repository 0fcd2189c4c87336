import * as z from 'zod';
import { DEFAULT_RISK_QUANTILES, type RiskQuantiles } from '../domain/scores/at-risk.ts';

const share = z.number().gt(0).lt(1);

/** From which share of those like them a customer counts as due, at risk and lapsed. */
const quantiles = z
  .strictObject({
    due: share.default(DEFAULT_RISK_QUANTILES.due),
    atRisk: share.default(DEFAULT_RISK_QUANTILES.atRisk),
    lapsed: share.default(DEFAULT_RISK_QUANTILES.lapsed),
  })
  .refine(
    ({ due, atRisk, lapsed }) => due < atRisk && atRisk < lapsed,
    'shares that ascend: due, atRisk, lapsed',
  ) satisfies z.ZodType<RiskQuantiles>;

/** When customers are scored, and what counts as late. */
export const scoresConfig = z.strictObject({
  /** Without it nothing starts the scoring by itself; what was scored stays in use. */
  enabled: z.boolean().default(true),
  /**
   * Weekly: a score says after which day a customer is late, and that day moves only when they order. A run writes
   * every customer anew (docs/scores.md).
   */
  schedule: z
    .string()
    .regex(/^(cron|rate)\(.+\)$/, 'a schedule of EventBridge such as cron(30 3 ? * MON *)')
    .default('cron(30 3 ? * MON *)'),
  timeZone: z
    .string()
    .refine((zone) => isTimeZone(zone), 'an IANA zone such as Europe/Berlin')
    .default('UTC'),
  quantiles: quantiles.prefault({}),
});

export type ScoresConfig = z.output<typeof scoresConfig>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
