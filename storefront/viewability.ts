/** Half of it for one second: a viewable impression by the guidelines of the Media Rating Council, version 2.0. */
export const VIEWED_RATIO = 0.5;
const VIEWED_MS = 1_000;

export interface Viewability {
  /** Whether enough of it is within the window. */
  seen(id: string, isSeen: boolean): void;
  /** Whether the page itself is in view; a tab in the background is seen by nobody. */
  pageSeen(isSeen: boolean): void;
  stop(): void;
}

/** Says each id once, when it was seen for a second without a break. */
export const viewability = (viewed: (id: string) => void): Viewability => {
  const inWindow = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const done = new Set<string>();
  let isPageSeen = true;

  const begin = (id: string) => {
    if (!isPageSeen || done.has(id) || timers.has(id)) return;
    const timer = setTimeout(() => {
      timers.delete(id);
      done.add(id);
      viewed(id);
    }, VIEWED_MS);
    timers.set(id, timer);
  };
  const end = (id: string) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
  };
  const each = (change: (id: string) => void) => {
    for (const id of inWindow) change(id);
  };
  return {
    seen: (id, isSeen) => {
      if (isSeen) inWindow.add(id);
      else inWindow.delete(id);
      (isSeen ? begin : end)(id);
    },
    pageSeen: (isSeen) => {
      isPageSeen = isSeen;
      each(isSeen ? begin : end);
    },
    stop: () => each(end),
  };
};
