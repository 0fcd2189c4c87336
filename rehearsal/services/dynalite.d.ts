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

declare module 'dynalite/db/index.js' {
  /** Values by attribute and type. */
  export type Item = Readonly<Record<string, Readonly<Record<string, string>>>>;

  export type KeySchema = readonly { readonly AttributeName: string }[];

  export interface Table {
    readonly KeySchema: KeySchema;
    readonly GlobalSecondaryIndexes?: readonly object[];
    readonly LocalSecondaryIndexes?: readonly object[];
  }

  /** A query or a scan, once it is checked. */
  export interface Asked {
    readonly TableName: string;
    readonly Limit?: number;
    readonly ConsistentRead?: boolean;
    readonly ReturnConsumedCapacity?: string;
  }

  /** What actions have in common. They find each function here when they need it. */
  const db: {
    hashPrefix: (hash: string, type: string, ...range: readonly string[]) => string;
    createKey: (item: Item, table: Table, keySchema?: KeySchema) => string;
    updateIndexes: (
      store: object,
      table: Table,
      before: Item | undefined,
      after: Item | null,
      done: (error?: Error | null) => void,
    ) => void;
    queryTable: (
      store: { readonly getItemDb: (name: string) => object },
      table: Table,
      asked: Asked,
      range: object,
      isLocal: boolean | undefined,
      isOfIndex: boolean,
      startKeyNames: readonly string[],
      done: (error: Error | null, answer?: object) => void,
    ) => void;
    /** Bytes; as pages count them, with what keeps an item. */
    readonly itemSize: (
      item: Item,
      isOfPage?: boolean,
      isWhole?: boolean,
      rangeKey?: string,
    ) => number;
    /** Of a value by its type. */
    toRangeStr: (value: string | Readonly<Record<string, string>>, type?: string) => string;
    readonly traverseKey: (
      table: Table,
      keySchema: KeySchema,
      visit: (attribute: string, type: string, isHash: boolean) => void,
    ) => void;
  };
  export default db;
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
  import type { Custom, Rules } from 'dynalite/validations/index.js';

  /** Types of an operation's input, and checks that are more than types. */
  const rules: { readonly types: Rules; readonly custom?: Custom };
  export default rules;
}

declare module 'dynalite/validations/index.js' {
  /** What a member has to be besides of its type. */
  export interface Limits {
    readonly enum?: readonly string[];
    readonly regex?: string;
    readonly lengthGreaterThanOrEqual?: number;
    readonly lengthLessThanOrEqual?: number;
    readonly greaterThanOrEqual?: number;
    readonly keys?: Limits;
  }

  /** A member's type, or also its limits and what is in it. */
  export type Rule =
    | string
    | (Limits & {
        readonly type: string;
        readonly children?: Rule | Rules;
        readonly notNull?: boolean;
      });

  export type Rules = Readonly<Record<string, Rule>>;

  /** Reads expressions into the input. @returns why it is refused, if it is */
  export type Custom = (input: object, store: object) => string | undefined;

  const validations: {
    /** @returns the input's known members alone @throws an Error with `statusCode` and `body` */
    readonly checkTypes: (input: object, types: Rules) => object;
    /** Reads expressions into the input. @throws an Error with `statusCode` and `body` */
    readonly checkValidations: (
      input: object,
      types: Rules,
      custom: Custom | undefined,
      store: object,
    ) => void;
    /** Writes numbers as they are kept. @returns why it is refused, if it is */
    readonly validateAttributeValue: (value: object) => string | undefined;
  };
  export default validations;
}
