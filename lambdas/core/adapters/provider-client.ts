/**
 * Options of an SDK client that sends messages: it asks once, since a second request may be a second message, and
 * waits five seconds for the answer. Without `throwOnRequestTimeout` the SDK only warns (@smithy/node-http-handler).
 */
export const sendsOnce = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
} as const;
