declare module 'asl-validator' {
  /** Checks a definition against the States Language; writes the query language into its states. */
  function validate(definition: object): {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
    readonly errorsText: () => string;
  };
  export default validate;
}
