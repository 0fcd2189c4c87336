/** What the text messages of a month of UTC, `2026-11`, have cost. */
export interface SmsSpend {
  /** USD. */
  ofMonth(month: string): Promise<number>;

  /** Adds a price in USD. @returns the month's sum with it */
  add(month: string, usd: number): Promise<number>;
}
