import { type Answer, type HttpAnswer, problem, toHttp } from './answer.ts';
import { type HttpRequest, requestOf } from './http-request.ts';
import type { RateDecision } from './rate-limit.ts';

export interface GuardedSettings {
  /** What tokens open, as a 401 names it. */
  readonly realm: string;
  readonly limit: (address: string) => RateDecision;
  readonly answer: (request: HttpRequest) => Promise<Answer>;
  /** Is told what failed without being expected to. */
  readonly report: (error: unknown) => void;
}

/**
 * A function behind an HTTP API: whoever asks too fast is told to wait, and of a failure an outsider learns no more
 * than that there was one.
 */
export const guarded =
  ({ realm, limit, answer, report }: GuardedSettings) =>
  async (event: unknown): Promise<HttpAnswer> => {
    const request = requestOf(event);
    const decision = limit(request.address);
    if (decision.kind === 'wait') return toHttp(tooFast(decision.seconds), realm);
    try {
      return toHttp(await answer(request), realm);
    } catch (error) {
      report(error);
      return toHttp(failed, realm);
    }
  };

const tooFast = (seconds: number): Answer => ({
  ...problem(429, 'too-many-requests', `too many requests came from here: wait ${seconds} s`),
  headers: { 'retry-after': String(seconds) },
});

const failed = problem(
  500,
  'failed',
  'something went wrong on our side: try the same again in a moment',
);
