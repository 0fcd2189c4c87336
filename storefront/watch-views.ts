import { VIEWED_RATIO, viewability } from './viewability.ts';

interface Watched {
  readonly items: readonly { readonly id: string; readonly item: HTMLElement }[];
  /** Called once an item. */
  readonly viewed: (id: string) => void;
  /** Called when the page comes into view, or goes out of it, perhaps for ever. */
  readonly pageSeen: (isSeen: boolean) => void;
  readonly signal: AbortSignal;
}

/** Watches which items the customer has before them. */
export const watchViews = ({ items, viewed, pageSeen, signal }: Watched): void => {
  const views = viewability(viewed);
  const ids = new Map<Element, string>(items.map(({ id, item }) => [item, id]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries)
        views.seen(ids.get(target) ?? '', intersectionRatio >= VIEWED_RATIO);
    },
    { threshold: VIEWED_RATIO },
  );
  for (const item of ids.keys()) observer.observe(item);

  const changed = (isSeen: boolean) => {
    views.pageSeen(isSeen);
    pageSeen(isSeen);
  };
  document.addEventListener(
    'visibilitychange',
    () => changed(document.visibilityState === 'visible'),
    { signal },
  );
  // Some browsers leave a page without telling that it is hidden; one that comes back from their cache is seen again.
  addEventListener('pagehide', () => changed(false), { signal });
  addEventListener('pageshow', () => changed(document.visibilityState === 'visible'), { signal });
  if (document.visibilityState !== 'visible') views.pageSeen(false);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    views.stop();
  });
};
