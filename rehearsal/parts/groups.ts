/** Names that belong together: a disjoint-set forest, by halving of paths (Tarjan and van Leeuwen, 1984). */
export class Groups {
  readonly #above = new Map<string, string>();

  /** Puts names into one group, with all that they were together with before. @returns one of them */
  join([first, ...others]: readonly [string, ...string[]]): string {
    for (const other of others) {
      const [a, b] = [this.rootOf(first), this.rootOf(other)];
      if (a !== b) this.#above.set(b, a);
    }
    return first;
  }

  /** Names the whole group, as long as none joins it. */
  rootOf(name: string): string {
    let at = name;
    for (let above = this.#above.get(at); above !== undefined; above = this.#above.get(at)) {
      const higher = this.#above.get(above);
      if (higher !== undefined) this.#above.set(at, higher);
      at = higher ?? above;
    }
    return at;
  }
}
