/** Facts come at least once; each counts once. */
export class Once {
  readonly #seen = new Set<string>();

  /** Whether it is the first time. */
  isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }
}
