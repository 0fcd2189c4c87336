import type { Interaction } from './session-api.ts';

export interface InteractionBatch {
  /** Each interaction is told once, however often it is added. */
  add(interaction: Interaction): void;
  /** All that was not told yet; the caller tells it. */
  take(): readonly Interaction[];
  /** What did not come through goes with the next: nothing is sent again for its own sake. */
  giveBack(interactions: readonly Interaction[]): void;
}

const nameOf = ({ impressionId, kind }: Interaction): string => `${kind} ${impressionId}`;

/** Interactions that can wait for one another, so that a page makes few requests. */
export const interactionBatch = (): InteractionBatch => {
  const known = new Set<string>();
  let waiting: readonly Interaction[] = [];
  return {
    add: (interaction) => {
      if (known.has(nameOf(interaction))) return;
      known.add(nameOf(interaction));
      waiting = [...waiting, interaction];
    },
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    giveBack: (interactions) => {
      waiting = [...interactions, ...waiting];
    },
  };
};
