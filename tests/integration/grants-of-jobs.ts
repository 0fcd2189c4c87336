/** Grants that only a job of batch inference needs, which a roll-out of few products has none of. */
export const isOfJobs = (grant: string): boolean =>
  /RollOutBatch|RollOutCollectDrafts|ModelInvocationJob/.test(grant);
