import type { VirtualClock } from '../clock.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpApi } from './http-api.ts';
import type { HttpRequest } from './http-event.ts';

/** An answer with its body as text too. */
export interface HttpResponse extends HttpAnswer {
  readonly body: string;
}

/** Answers a request once what it set off has come to rest. */
export type AskHttp = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Requests one after the other at the virtual now: no time passes, and what is due now is done before
 * the answer. While the clock runs anyway, its run does it.
 */
export const httpOnTheClock = (clock: VirtualClock, api: HttpApi): AskHttp => {
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (request: HttpRequest): Promise<HttpResponse> => {
    const answer = await clock.track(api.answer(request));
    if (!clock.isRunning) await clock.runUntil(clock.now());
    return { ...answer, body: answer.bytes.toString('utf8') };
  };
  return (request) => {
    const answer = last.then(() => ask(request));
    last = answer.catch(() => undefined);
    return answer;
  };
};
