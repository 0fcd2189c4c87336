import type { RuleResult } from '#core/domain/contact-policy/decision.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';

/** A touch as it stands at the end of a rehearsal. */
export interface SeenTouch {
  readonly orderId: string;
  readonly touch: string;
  readonly subjects: readonly string[];
  readonly atMs: number;
  /** The last three: decided and not yet sent, refused by the provider, perhaps sent. */
  readonly outcome: 'sent' | 'dropped' | 'held' | 'waiting' | 'refused' | 'in doubt';
  readonly channel?: string | undefined;
  readonly reason?: string | undefined;
  /** What was asked, and what it said. */
  readonly rules: readonly RuleResult[];
}

export const seenTouch = (record: TouchRecord): SeenTouch => {
  const { orderId, touch, subjects, decision } = record;
  const channel = 'channel' in decision ? decision.channel : undefined;
  const { rules } = decision;
  return { orderId, touch, subjects, channel, rules, ...become(record) };
};

const become = ({
  decision,
  decidedAt,
  outcome,
}: TouchRecord): Pick<SeenTouch, 'outcome' | 'atMs' | 'reason'> => {
  const atMs = Date.parse(outcome?.at ?? decidedAt);
  switch (outcome?.state) {
    case 'sent':
      return { outcome: 'sent', atMs };
    case 'dropped':
      return { outcome: 'dropped', atMs, reason: outcome.reason };
    case 'refused':
      return { outcome: 'refused', atMs, reason: outcome.because };
    case 'in-doubt':
      return { outcome: 'in doubt', atMs };
    case undefined:
      break;
  }
  if (decision.kind === 'drop') return { outcome: 'dropped', atMs, reason: decision.reason };
  if (decision.kind === 'hold') return { outcome: 'held', atMs, reason: decision.reason };
  return { outcome: 'waiting', atMs };
};
