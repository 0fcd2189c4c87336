/** One thing that keeps a definition from being run. */
export type Problem = {
  /** Where, as AWS points: `/States/Pay/Retry[0]/MaxAttempts`. */
  readonly path: string;
  readonly message: string;
};

/** A definition that the engine cannot run as AWS would; lists every reason. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      [
        'Invalid state machine definition:',
        ...problems.map(({ path, message }) => `  ${path}: ${message}`),
      ].join('\n'),
    );
    this.problems = problems;
  }
}

const MAX_SHOWN = 80;

/** A value as an error message shows it. */
export const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

/** A place in a definition, where what is wrong with it is noted. */
export class Place {
  readonly path: string;
  readonly #problems: Problem[];

  constructor(path: string, problems: Problem[]) {
    this.path = path;
    this.#problems = problems;
  }

  at(field: string): Place {
    return new Place(`${this.path}/${field}`, this.#problems);
  }

  item(index: number): Place {
    return new Place(`${this.path}[${index}]`, this.#problems);
  }

  refuse(message: string): void {
    this.#problems.push({ path: this.path || '/', message });
  }

  /** Notes a value of the wrong kind; answers undefined for the caller to go on with. */
  mismatch(got: unknown, supported: string): undefined {
    this.refuse(`got ${shown(got)}; supported: ${supported}.`);
    return undefined;
  }
}
