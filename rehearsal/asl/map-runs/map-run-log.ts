import type { MapProgress } from './map-host.ts';

/** The Map Runs of an engine: how each ended, without its child executions, and how far they are. */
export class MapRunLog {
  /** In the order of their ends. */
  readonly ended: MapProgress[] = [];
  readonly #watchers: ((progress: MapProgress) => void)[] = [];

  /** Has somebody hear of every run as it begins, with each child execution that ends, and as it ends. */
  watch(watch: (progress: MapProgress) => void): void {
    this.#watchers.push(watch);
  }

  readonly hear = (progress: MapProgress): void => {
    if (progress.status !== 'RUNNING') this.ended.push(progress);
    for (const watch of this.#watchers) watch(progress);
  };
}
