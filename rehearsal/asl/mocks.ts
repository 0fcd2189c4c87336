import { TaskError } from './errors.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject, toJson } from './json.ts';
import { shown } from './problems.ts';
import { type InvokeRequest, LateAnswer } from './task-runner.ts';

/** The mocks are not of a shape that says what a Task answers. */
export class InvalidMocks extends Error {
  override readonly name = 'InvalidMocks';
}

/** A Task ran that nothing was said about. */
export class MissingMock extends Error {
  override readonly name = 'MissingMock';
}

/** What a mocked Task does in one call. */
export type Answer = {
  readonly afterSeconds: number;
  readonly outcome:
    | { readonly kind: 'return'; readonly value: Json }
    | { readonly kind: 'throw'; readonly error: string; readonly cause: string | undefined }
    | { readonly kind: 'never' };
};

type Script =
  /** One answer a call, the last one for good. */
  | { readonly kind: 'calls'; readonly answers: readonly Answer[] }
  /** Step Functions Local: answers by retry attempt. */
  | { readonly kind: 'attempts'; readonly answers: ReadonlyMap<number, Answer> };

const answerKeys = new Set(['Return', 'Throw', 'After', 'Never', 'result', 'errorOutput']);
const attemptKey = /^(?<from>\d+)(?:-(?<to>\d+))?$/;

const invalid = (state: string, problem: string): InvalidMocks =>
  new InvalidMocks(`Mock of state "${state}": ${problem}`);

const optionalText = (value: Json | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** `Throw: { Error, Cause }`, or TestState's `errorOutput: { error, cause }`. */
const readThrow = (value: Json, state: string): Answer['outcome'] => {
  const {
    Error: error,
    Cause: cause,
    error: lowerError,
    cause: lowerCause,
  } = isJsonObject(value) ? value : {};
  const name = error ?? lowerError;
  if (typeof name !== 'string')
    throw invalid(state, `got Throw ${shown(value)}; needs { "Error": name, "Cause"?: text }.`);
  return { kind: 'throw', error: name, cause: optionalText(cause ?? lowerCause) };
};

/** TestState hands results over as JSON text. */
const readTestStateResult = (value: Json): Json => {
  if (typeof value !== 'string') return value;
  try {
    return toJson(JSON.parse(value)) ?? null;
  } catch {
    return value;
  }
};

const readOutcome = (spec: JsonObject, state: string): Answer['outcome'] => {
  const { Return: value, Throw: thrown, Never: never, result, errorOutput } = spec;
  const failure = thrown ?? errorOutput;
  const said = [value, failure, result, never === true ? never : undefined].filter(
    (item) => item !== undefined,
  );
  if (said.length > 1)
    throw invalid(state, `got ${shown(spec)}; say one of Return, Throw and Never.`);
  if (never === true) return { kind: 'never' };
  if (failure !== undefined) return readThrow(failure, state);
  if (result !== undefined) return { kind: 'return', value: readTestStateResult(result) };
  return { kind: 'return', value: value ?? null };
};

const readAnswer = (spec: Json, state: string): Answer => {
  // An object without our words is the result itself, as an author might write it.
  if (!isJsonObject(spec) || !Object.keys(spec).some((key) => answerKeys.has(key)))
    return { afterSeconds: 0, outcome: { kind: 'return', value: spec } };
  const unknown = Object.keys(spec).find((key) => !answerKeys.has(key));
  if (unknown !== undefined)
    throw invalid(
      state,
      `got "${unknown}" beside ${[...answerKeys].filter((key) => key in spec).join(', ')}.`,
    );
  const { After: after = 0 } = spec;
  if (typeof after !== 'number' || after < 0)
    throw invalid(state, `got After ${shown(after)}; needs seconds, 0 or more.`);
  return { afterSeconds: after, outcome: readOutcome(spec, state) };
};

const readAttempts = (spec: JsonObject, state: string): Script => {
  const answers = new Map<number, Answer>();
  for (const [key, value] of Object.entries(spec)) {
    const { from = '', to = from } = attemptKey.exec(key)?.groups ?? {};
    for (let attempt = Number(from); attempt <= Number(to); attempt++)
      answers.set(attempt, readAnswer(value, state));
  }
  return { kind: 'attempts', answers };
};

const isByAttempt = (spec: Json): spec is JsonObject =>
  isJsonObject(spec) &&
  Object.keys(spec).length > 0 &&
  Object.keys(spec).every((key) => attemptKey.test(key));

const readScript = (spec: Json, state: string): Script => {
  if (isByAttempt(spec)) return readAttempts(spec, state);
  const answers = isJsonArray(spec) ? spec : [spec];
  if (answers.length === 0) throw invalid(state, 'got an empty list; needs at least one answer.');
  return { kind: 'calls', answers: answers.map((answer) => readAnswer(answer, state)) };
};

type TestCases = ReadonlyMap<string, JsonObject>;

const testCasesOf = (config: JsonObject): TestCases => {
  const cases = new Map<string, JsonObject>();
  const machines = config['StateMachines'];
  for (const machine of isJsonObject(machines) ? Object.values(machines) : []) {
    const testCases = isJsonObject(machine) ? machine['TestCases'] : undefined;
    for (const [name, states] of Object.entries(isJsonObject(testCases) ? testCases : {}))
      if (isJsonObject(states)) cases.set(name, states);
  }
  return cases;
};

const chooseTestCase = (cases: TestCases, wanted: string | undefined): JsonObject => {
  const names = [...cases.keys()].map((name) => `"${name}"`).join(', ');
  const [only] = cases.size === 1 ? cases.values() : [];
  const chosen = wanted === undefined ? only : cases.get(wanted);
  if (chosen === undefined)
    throw new InvalidMocks(
      `Mocks: got the test case ${shown(wanted)}; the file has ${names || 'none'}. Name one.`,
    );
  return chosen;
};

/** The MockConfigFile of Step Functions Local, as mocks by state. */
const fromConfigFile = (config: JsonObject, testCase: string | undefined): JsonObject => {
  const responses = config['MockedResponses'];
  if (!isJsonObject(responses))
    throw new InvalidMocks(`Mocks: got MockedResponses ${shown(responses)}; needs an object.`);
  // Without test cases the responses themselves are named after the states.
  if (config['StateMachines'] === undefined) return responses;
  const chosen = chooseTestCase(testCasesOf(config), testCase);
  const byState = Object.entries(chosen).map(([state, name]): [string, Json] => {
    const response = typeof name === 'string' ? responses[name] : undefined;
    if (response === undefined) throw invalid(state, `there is no mocked response ${shown(name)}.`);
    return [state, response];
  });
  return Object.fromEntries(byState);
};

/**
 * The answers of mocked Tasks, by the name of the state: one answer, a list of answers for
 * successive calls (the last one stays), or answers by retry attempt (`"0"`, `"1-2"`). An answer is
 * `{ "Return": value }`, `{ "Throw": { "Error", "Cause" } }` or `{ "Never": true }`, each with
 * `"After": seconds` if it takes virtual time; TestState's `{ "result" }` and `{ "errorOutput" }` and
 * the MockConfigFile of Step Functions Local are understood too. Of a `.waitForTaskToken` state
 * Return and Throw are what SendTaskSuccess and SendTaskFailure bring.
 */
export class Mocks {
  readonly #scripts = new Map<string, Script>();
  readonly #calls = new Map<string, number>();
  #missing: MissingMock | undefined;

  /** @throws InvalidMocks */
  constructor(source: unknown, testCase?: string) {
    const mocks = toJson(source);
    if (!isJsonObject(mocks))
      throw new InvalidMocks(`Mocks: got ${shown(source)}; needs an object by state name.`);
    const byState = 'MockedResponses' in mocks ? fromConfigFile(mocks, testCase) : mocks;
    for (const [state, spec] of Object.entries(byState))
      this.#scripts.set(state, readScript(spec, state));
  }

  /** The first Task that ran without a mock. */
  get missing(): MissingMock | undefined {
    return this.#missing;
  }

  /** @throws MissingMock */
  next({ stateName, retryCount, resource }: InvokeRequest): Answer {
    const script = this.#scripts.get(stateName);
    if (script === undefined)
      throw this.#miss(
        `State "${stateName}" (${resource}) has no mock; add "${stateName}" to the mocks.`,
      );
    const call = this.#calls.get(stateName) ?? 0;
    this.#calls.set(stateName, call + 1);
    const answer =
      script.kind === 'calls'
        ? script.answers[Math.min(call, script.answers.length - 1)]
        : script.answers.get(retryCount);
    if (answer === undefined)
      throw this.#miss(
        `State "${stateName}" has no mocked response for its attempt ${retryCount}.`,
      );
    return answer;
  }

  #miss(message: string): MissingMock {
    const error = new MissingMock(message);
    this.#missing ??= error;
    return error;
  }
}

/** The answer of a Task that does not wait for a token, as an invoker gives it. */
export const toInvokeAnswer = ({ afterSeconds, outcome }: Answer): unknown => {
  const answer = (): unknown => {
    if (outcome.kind === 'throw') throw new TaskError(outcome.error, outcome.cause);
    return outcome.kind === 'return' ? outcome.value : undefined;
  };
  if (outcome.kind === 'never') return new LateAnswer(Infinity, answer);
  return afterSeconds > 0 ? new LateAnswer(afterSeconds, answer) : answer();
};
