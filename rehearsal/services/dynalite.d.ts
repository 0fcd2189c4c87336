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

declare module 'dynalite/actions/*' {
  /** Does an operation whose input is valid. */
  const act: (
    store: object,
    input: object,
    done: (error: Error | null | undefined, answer?: object) => void,
  ) => void;
  export default act;
}

declare module 'dynalite/validations/*' {
  /** Types of an operation's input, and checks that are more than types. */
  const rules: { readonly types: object; readonly custom?: unknown };
  export default rules;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    /** @returns the input's known members alone @throws an Error with `statusCode` and `body` */
    readonly checkTypes: (input: object, types: object) => object;
    /** Reads expressions into the input. @throws an Error with `statusCode` and `body` */
    readonly checkValidations: (
      input: object,
      types: object,
      custom: unknown,
      store: object,
    ) => void;
  };
  export default validations;
}
