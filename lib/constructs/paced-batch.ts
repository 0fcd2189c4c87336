export interface PacedBatchProps {
  /** Units that the account may send a second. @default as many as come */
  readonly perSecond?: number;
  /** Runs at once that share it. */
  readonly concurrency: number;
  /** Units that one message takes at most. @default 1 */
  readonly mostUnits?: number;
}

/** How a queue is worked off so that its provider's rate is kept. */
export interface PacedBatch {
  /** Units a second of each run. */
  readonly sendsPerSecond: number;
  readonly batchSize: number;
  readonly timeoutSeconds: number;
}

/** What one message may take beside its waiting: reads and writes, and five seconds until a provider is given up. */
const WORK_SECONDS = 8;

const USUAL_TIMEOUT_SECONDS = 90;

/** Lambda's. */
const MOST_TIMEOUT_SECONDS = 900;

const MOST_MESSAGES = 10;

/**
 * The share of a rate that each run has, and as many messages a run as are surely done before it times out. At 14
 * e-mails a second and ten runs a message waits for 0.7 seconds and takes 8.7 at the most, so ten take 87 of 90.
 *
 * @throws when a run would wait for longer than Lambda lets it
 */
export const pacedBatch = ({
  perSecond = Number.POSITIVE_INFINITY,
  concurrency,
  mostUnits = 1,
}: PacedBatchProps): PacedBatch => {
  const sendsPerSecond = perSecond / concurrency;
  const messageSeconds = mostUnits / sendsPerSecond + WORK_SECONDS;
  if (messageSeconds > MOST_TIMEOUT_SECONDS)
    throw new Error(
      `got ${perSecond} sends a second for ${concurrency} runs at once: a message would wait for ${Math.round(messageSeconds)} seconds, expected ${MOST_TIMEOUT_SECONDS} at most; lower the concurrency of the stage or raise its rate`,
    );
  const timeoutSeconds = Math.max(USUAL_TIMEOUT_SECONDS, Math.ceil(messageSeconds));
  const fitting = Math.floor(timeoutSeconds / messageSeconds);
  return { sendsPerSecond, timeoutSeconds, batchSize: Math.min(fitting, MOST_MESSAGES) };
};
