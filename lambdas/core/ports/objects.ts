/** Texts in a bucket, by key. */
export interface Objects {
  /** In the place of what was there. */
  put(key: string, text: string, contentType: string): Promise<void>;

  /** @throws when there is none */
  get(key: string): Promise<string>;

  /**
   * The lines of a text of any length, a part of it in memory at a time; empty ones are left out.
   *
   * @throws when there is none, or it breaks off
   */
  lines(key: string): AsyncIterable<string>;
}
