import { showConfirmation } from './show-confirmation.ts';
import css from './style.css';

/**
 * `<afterglow-confirmation api="https://…" token="…">`: what a shop shows below a confirmed order. It has a heading,
 * offers and guides, or it is hidden: it never shows that something failed.
 */
export class ConfirmationElement extends HTMLElement {
  static readonly observedAttributes = ['api', 'token', 'timeout', 'heading-level'];

  readonly #root = this.attachShadow({ mode: 'open' });
  #showing = new AbortController();

  connectedCallback(): void {
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#showing.abort();
    this.#root.replaceChildren();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.isConnected && before !== after) this.#restart();
  }

  /** Attributes are set one after another: it is started once, when all are there. */
  #restart(): void {
    this.#showing.abort();
    this.#root.replaceChildren();
    const { signal } = (this.#showing = new AbortController());
    queueMicrotask(() => {
      if (!signal.aborted) void showConfirmation({ host: this, root: this.#root, css, signal });
    });
  }
}
