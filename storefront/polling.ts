const FIRST_MS = 1_000;
const GROWTH = 1.6;
const LONGEST_MS = 30_000;

export interface Polling {
  /** Asks again and again, ever more seldom, until there is nothing to ask for; when it does already, from the start. */
  start(): void;
  /** A page in the background does not ask; in view again, it asks soon. */
  pageSeen(isSeen: boolean): void;
  stop(): void;
}

/** @param ask says whether there is more to ask for */
export const polling = (ask: () => Promise<boolean>): Polling => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs: number | undefined;
  let isPageSeen = true;
  let isAsking = false;

  const wait = () => {
    clearTimeout(timer);
    if (waitMs !== undefined && isPageSeen) timer = setTimeout(() => void turn(), waitMs);
  };
  const turn = async () => {
    if (isAsking) return;
    isAsking = true;
    const isMore = await ask();
    isAsking = false;
    waitMs = isMore && waitMs !== undefined ? Math.min(waitMs * GROWTH, LONGEST_MS) : undefined;
    wait();
  };
  return {
    start: () => {
      waitMs = FIRST_MS;
      if (!isAsking) wait();
    },
    pageSeen: (isSeen) => {
      isPageSeen = isSeen;
      if (isSeen && waitMs !== undefined) waitMs = FIRST_MS;
      if (!isAsking) wait();
    },
    stop: () => {
      waitMs = undefined;
      wait();
    },
  };
};
