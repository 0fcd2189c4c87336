import type { OfferState } from '#core/contracts/session-api.ts';
import { interactionBatch } from './interaction-batch.ts';
import { readState } from './read-session.ts';
import { type Interaction, isPassing, type SessionApi, type SessionKey } from './session-api.ts';

/** What can wait is told together, this long after the first. */
const BATCH_MS = 1_000;

/** An accept is tried once more; then it is the customer's turn. */
const RETRY_MS = 800;

export interface InteractionTelling {
  /** Soon, with others. */
  told(interaction: Interaction): void;
  /** At once, with all that waits. What has become of the offer; none when that cannot be learnt. */
  accepted(impressionId: string): Promise<OfferState | undefined>;
  /** Now: the page may be gone next. */
  flush(): void;
}

/** Tells the API what the customer saw and did in one session. */
export const interactionTelling = (
  api: SessionApi,
  key: SessionKey,
  signal: AbortSignal,
): InteractionTelling => {
  const batch = interactionBatch();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (): readonly Interaction[] => {
    clearTimeout(timer);
    timer = undefined;
    return batch.take();
  };
  const flush = async (): Promise<void> => {
    const interactions = take();
    if (interactions.length === 0) return;
    if (isPassing(await api.tell(key, interactions))) batch.giveBack(interactions);
  };
  signal.addEventListener('abort', () => void flush());
  return {
    told: (interaction) => {
      batch.add(interaction);
      timer ??= setTimeout(() => void flush(), BATCH_MS);
    },
    accepted: async (impressionId) => {
      const others = take();
      const interactions: readonly Interaction[] = [...others, { impressionId, kind: 'accepted' }];
      let reply = await api.tell(key, interactions);
      if (isPassing(reply)) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        reply = await api.tell(key, interactions);
      }
      if (isPassing(reply)) batch.giveBack(others);
      return reply.kind === 'answered' ? readState(reply.body, impressionId) : undefined;
    },
    flush: () => void flush(),
  };
};
