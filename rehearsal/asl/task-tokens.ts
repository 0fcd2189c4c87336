import { createHash } from 'node:crypto';
import { ServiceError } from './errors.ts';
import type { Json } from './json.ts';

/** A Task that waits for its token. */
export interface WaitingTask {
  succeed(output: Json): void;
  fail(error: string | undefined, cause: string | undefined): void;
  beat(): void;
  readonly executionArn: string;
}

const digest = (ordinal: string): string =>
  createHash('sha256').update(`afterglow task ${ordinal}`).digest('base64url');

const tokenOf = (ordinal: number): string => `AFTERGLOW.${ordinal}.${digest(String(ordinal))}`;

/** A token can be told from an invented one without remembering every token ever issued. */
const wasIssued = (token: string, issued: number): boolean => {
  const [head, ordinal = '', check] = token.split('.');
  return head === 'AFTERGLOW' && check === digest(ordinal) && Number(ordinal) <= issued;
};

/** The task tokens of an engine. The same run issues the same tokens. */
export class TaskTokens {
  #issued = 0;
  readonly #waiting = new Map<string, WaitingTask>();

  /** Tasks that wait for an answer now. */
  get size(): number {
    return this.#waiting.size;
  }

  /** The execution of each task that waits for an answer now, by its token. */
  get waiting(): ReadonlyMap<string, string> {
    return new Map([...this.#waiting].map(([token, { executionArn }]) => [token, executionArn]));
  }

  issue(): string {
    return tokenOf(++this.#issued);
  }

  open(token: string, task: WaitingTask): void {
    this.#waiting.set(token, task);
  }

  close(token: string): void {
    this.#waiting.delete(token);
  }

  /** @throws ServiceError InvalidToken, or TaskTimedOut for a task that is over */
  find(token: string): WaitingTask {
    const task = this.#waiting.get(token);
    if (task !== undefined) return task;
    if (!wasIssued(token, this.#issued))
      throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    throw new ServiceError(
      'TaskTimedOut',
      "Task Timed Out: 'Provided task does not exist anymore'",
    );
  }
}
