import { Session } from 'node:inspector/promises';

/** Gives back the memory of what nobody reaches any more: a thread that waits does not come to do so by itself. */
export const collectGarbage = async (): Promise<void> => {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
};
