import type { SendResult } from './deliver-touch.ts';

/**
 * A sending that is one however often it is done: what is kept under the touch's own name, or told by the same
 * event id. So whatever broke it, it may go again, marketing too.
 */
export const repeatable = async (send: () => Promise<SendResult>): Promise<SendResult> => {
  try {
    return await send();
  } catch (error) {
    return { kind: 'later', because: error instanceof Error ? error.message : String(error) };
  }
};
