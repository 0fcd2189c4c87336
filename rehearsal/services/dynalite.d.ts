declare module 'dynalite' {
  import type { EventEmitter } from 'node:events';

  /** An HTTP server that speaks DynamoDB; in memory unless a path is given. */
  function dynalite(options: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): EventEmitter;
  export default dynalite;
}
