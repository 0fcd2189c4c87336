/** What drafts take. */
export interface DraftSpend {
  readonly usd: number;
  readonly tokens: number;
}

/** Money and tokens that drafts may take, counted by name: of a roll-out, or of a month. */
export interface DraftBudget {
  /** Sets aside the most that a call can take. @returns whether there was room for it */
  reserve(name: string, most: DraftSpend, limit: DraftSpend): Promise<boolean>;

  /** Gives back what was set aside and not taken. */
  giveBack(name: string, unused: DraftSpend): Promise<void>;

  used(name: string): Promise<DraftSpend>;
}
