import type { TouchDecision } from '../contact-policy/decision.ts';
import type { TouchOutcome, TouchRecord, TouchTurn } from '../touches/touch-record.ts';

/** Stands where the words were that a rule or a provider said of the customer. */
const ERASED = 'erased';

/**
 * The touch as one that nobody got: what was decided, by which rules and when, and what came back, is counted on.
 * Whom it was for, where they are, which address it went to and what was said of them is gone. One that is held is
 * decided again at its time, and finds nobody to write to.
 */
export const erasedTouch = (record: TouchRecord): TouchRecord => ({
  ...record,
  customerId: undefined,
  zones: [],
  decision: withoutWords(record.decision),
  earlier: record.earlier.map(erasedTurn),
  outcome: record.outcome === undefined ? undefined : erasedOutcome(record.outcome),
});

const erasedTurn = (turn: TouchTurn): TouchTurn => ({
  ...turn,
  decision: withoutWords(turn.decision),
});

const withoutWords = (decision: TouchDecision): TouchDecision => ({
  ...decision,
  rules: decision.rules.map((rule) => ({ ...rule, because: ERASED })),
});

const erasedOutcome = (outcome: TouchOutcome): TouchOutcome => {
  switch (outcome.state) {
    case 'sent':
      return { ...outcome, addressId: undefined };
    case 'refused':
      return { ...outcome, because: ERASED };
    case 'dropped':
    case 'in-doubt':
      return outcome;
  }
};
