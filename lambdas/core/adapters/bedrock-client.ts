/** Calls of one request, the first included. */
const ATTEMPTS = 3;

/**
 * Options of a Bedrock client. The SDK asks at most three times: again after throttling, answers of 500, 502, 503 and 504
 * and a request that took too long, with its own growing pauses in between. So a call can take three times
 * `timeoutSeconds` and a little more; a function that makes one needs that much time. What still fails then is thrown,
 * and asking again is up to the caller's own queue or state machine. A request that timed out may have been worked on
 * and charged, although nobody was told its tokens.
 *
 * Each request has a connection of its own, as the SDK does it by default: one that is kept is broken when Lambda wakes.
 *
 * @param timeoutSeconds in which a request has to be answered
 */
export const bedrockClientOptions = (timeoutSeconds: number) => ({
  maxAttempts: ATTEMPTS,
  retryMode: 'standard' as const,
  requestHandler: { requestTimeout: timeoutSeconds * 1000, disableConcurrentStreams: true },
});
