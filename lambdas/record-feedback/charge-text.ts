import type { MessageFeedback } from '#core/domain/feedback/feedback.ts';
import type { ChargedTexts } from '#core/ports/charged-texts.ts';
import type { SmsSpend } from '#core/ports/sms-spend.ts';

export interface ChargeTextDeps {
  readonly charged: ChargedTexts;
  readonly spend: Pick<SmsSpend, 'add'>;
}

export interface Spent {
  /** Of UTC, `2026-11`. */
  readonly month: string;
  /** USD, of the whole month so far. */
  readonly usd: number;
}

const MONTH = 7;

/**
 * Adds what a text cost to the month in which that was known, once a message of the provider. A crash between the
 * mark and the sum leaves one price out; a sum that cannot be written is tried again with the message.
 */
export const chargeText = async (
  { charged, spend }: ChargeTextDeps,
  { ref, messageId, at, usd = 0 }: MessageFeedback,
): Promise<Spent | undefined> => {
  if (usd === 0 || !(await charged.mark(ref, messageId))) return undefined;
  const month = at.slice(0, MONTH);
  try {
    return { month, usd: await spend.add(month, usd) };
  } catch (error) {
    await charged.unmark(ref, messageId);
    throw error;
  }
};
