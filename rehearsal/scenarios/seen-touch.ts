import type { RuleResult } from '#core/domain/contact-policy/decision.ts';
import { channelOf } from '#core/domain/contact-policy/decision.ts';
import type { TouchRecord, TouchTurn } from '#core/domain/touches/touch-record.ts';

/** What became of a touch by one decision on it; one that was held has several. */
export interface SeenTouch {
  readonly orderId: string;
  readonly touch: string;
  readonly subjects: readonly string[];
  readonly atMs: number;
  /**
   * The last four: decided and not yet sent, taken back from its channel's queue, refused by the provider,
   * perhaps sent.
   */
  readonly outcome: 'sent' | 'dropped' | 'held' | 'waiting' | 'returned' | 'refused' | 'in doubt';
  readonly channel?: string | undefined;
  readonly reason?: string | undefined;
  /** What was asked, and what it said. */
  readonly rules: readonly RuleResult[];
  /** When it was decided again; absent where this decision stands. */
  readonly decidedAgainMs?: number | undefined;
}

/** Each decision on a touch, the first one first. */
export const seenTouches = (record: TouchRecord): readonly SeenTouch[] => {
  const { orderId, touch, subjects, decision, decidedAt, earlier } = record;
  const turns = [...earlier, { decision, decidedAt }];
  return turns.map((turn, at) => {
    const next = turns[at + 1];
    return {
      orderId,
      touch,
      subjects,
      channel: channelOf(turn.decision),
      rules: turn.decision.rules,
      ...(next === undefined ? become(record) : passed(turn)),
      ...(next === undefined ? {} : { decidedAgainMs: Date.parse(next.decidedAt) }),
    };
  });
};

type Become = Pick<SeenTouch, 'outcome' | 'atMs' | 'reason'>;

/** A decision that another one followed. */
const passed = ({ decision, decidedAt }: TouchTurn): Become => {
  const atMs = Date.parse(decidedAt);
  return decision.kind === 'hold'
    ? { outcome: 'held', atMs, reason: decision.reason }
    : { outcome: 'returned', atMs };
};

const become = ({ decision, decidedAt, outcome }: TouchRecord): Become => {
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
