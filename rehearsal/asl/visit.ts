import type { State, Variables } from './definition.ts';
import { StateError } from './errors.ts';
import type { Bindings } from './expression.ts';
import type { Frame } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { checkResultSize, checkVariableSizes } from './payload-limits.ts';
import { evaluateMembers, evaluateTemplate, type Template } from './template.ts';

/** How a state was left: its output, the variables it set, and where to go (undefined: the end). */
export type Outcome = {
  readonly output: Json;
  readonly assigned: JsonObject | undefined;
  readonly next: string | undefined;
};

/** What to leave a state with; templates are evaluated against the values at its entry. */
export type Leaving = {
  readonly result: Json;
  readonly assign: Variables | undefined;
  readonly output: Template | undefined;
  readonly next: string | undefined;
};

/** The members of `$states` beside `input` and `context`. */
export type StatesExtra = { readonly result: Json } | { readonly errorOutput: Json };

const retriable = new Set(['Task', 'Parallel', 'Map']);

/** One stay in a state, from its StateEntered event to its StateExited event. */
export class Visit {
  readonly frame: Frame;
  readonly state: State;
  readonly input: Json;
  readonly enteredEventId: number;
  readonly #enteredMs: number;
  retryCount = 0;
  /** Set when a Parallel's branch or a Map's iteration failed in the present attempt. */
  hasFailedInside = false;
  /** Set while a `.waitForTaskToken` Task runs. */
  taskToken: string | undefined;

  constructor(frame: Frame, state: State, input: Json, enteredEventId: number) {
    this.frame = frame;
    this.state = state;
    this.input = input;
    this.enteredEventId = enteredEventId;
    this.#enteredMs = frame.clock.now();
  }

  bindings(extra?: StatesExtra, map: JsonObject | undefined = this.frame.map): Bindings {
    return {
      states: { input: this.input, context: this.#context(map), ...extra },
      scope: this.frame.scope,
      host: this.frame.run.host,
    };
  }

  /** Evaluates Assign and Output from the same values, neither seeing the other. */
  async leave(leaving: Leaving, extra?: StatesExtra): Promise<Outcome> {
    const { assign, output: template, next } = leaving;
    if (assign === undefined && template === undefined)
      return this.#checked(leaving.result, undefined, next);
    const bindings = this.bindings(extra);
    const assigned = assign && (await evaluateMembers(assign, bindings));
    const output = template ? await evaluateTemplate(template, bindings) : leaving.result;
    return this.#checked(output, assigned, next);
  }

  /** A failure the engine itself found, in AWS's wording: which state, entered at which event. */
  explain({ error, cause }: StateError): StateError {
    const where = `the state '${this.state.name}' (entered at the event id #${this.enteredEventId})`;
    return new StateError(error, `An error occurred while executing ${where}. ${cause ?? ''}`);
  }

  #checked(output: Json, assigned: JsonObject | undefined, next: string | undefined): Outcome {
    checkResultSize(this.state.name, output);
    if (assigned) checkVariableSizes(this.state.name, assigned, this.frame.scope);
    return { output, assigned, next };
  }

  #context(map: JsonObject | undefined): JsonObject {
    const { name, type } = this.state;
    const { taskToken } = this;
    return {
      ...this.frame.run.context,
      State: {
        Name: name,
        EnteredTime: new Date(this.#enteredMs).toISOString(),
        ...(retriable.has(type) ? { RetryCount: this.retryCount } : {}),
      },
      ...(taskToken === undefined ? {} : { Task: { Token: taskToken } }),
      ...(map === undefined ? {} : { Map: map }),
    };
  }
}
