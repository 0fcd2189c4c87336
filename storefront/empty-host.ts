import { dispatch, type ConfirmationEvents } from './events.ts';

/** Before anything is known: no room but what the shop reserved, `--afterglow-reserve`. */
export const prepareHost = (host: HTMLElement): void => {
  host.hidden = false;
  // Without room of its own it would still part its neighbours by the gap of a flex or grid box.
  if (host.offsetHeight === 0) host.hidden = true;
};

/**
 * Hides the element and tells the page why. Reserved room that is being looked at is given up when it is out of view,
 * so that nothing moves.
 */
export const emptyHost = (
  { host, root, signal }: { host: HTMLElement; root: ShadowRoot; signal: AbortSignal },
  detail: ConfirmationEvents['afterglow-empty'],
): void => {
  root.replaceChildren();
  if (host.hidden || host.offsetHeight === 0) host.hidden = true;
  else hideOutOfView(host, signal);
  dispatch(host, 'afterglow-empty', detail);
};

const hideOutOfView = (host: HTMLElement, signal: AbortSignal): void => {
  const observer = new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting !== false) return;
    observer.disconnect();
    host.hidden = true;
  });
  observer.observe(host);
  signal.addEventListener('abort', () => observer.disconnect());
};
