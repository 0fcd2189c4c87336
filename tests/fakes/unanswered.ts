/** Options of an SDK client whose requests end without an answer, as the network ends them. */
export const unanswered = (code: string) => ({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  maxAttempts: 1,
  requestHandler: {
    handle: () => Promise.reject(Object.assign(new Error('no answer'), { code })),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  },
});
