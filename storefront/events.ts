import type { OfferView } from '#core/contracts/session-api.ts';
import type { UnusableSettings } from './settings.ts';

/** Why nothing is shown. */
export type EmptyReason =
  | UnusableSettings
  /** the browser lacks something */
  | 'unsupported'
  | 'timeout'
  | 'network'
  /** the API answered with a problem */
  | 'refused'
  | 'bad-answer'
  | 'no-offers'
  /** the customer dismissed all there was */
  | 'dismissed'
  /** a defect of ours */
  | 'failed';

interface OfferDetail {
  readonly sessionId: string;
  readonly impressionId: string;
  readonly type: OfferView['type'];
  readonly sku?: string | undefined;
}

/** What a shop's page can listen to; the keys are the names of the events. */
export interface ConfirmationEvents {
  readonly 'afterglow-session': { readonly sessionId: string; readonly offers: number };
  readonly 'afterglow-accepted': OfferDetail;
  readonly 'afterglow-confirmed': OfferDetail;
  readonly 'afterglow-dismissed': OfferDetail;
  readonly 'afterglow-empty': {
    readonly reason: EmptyReason;
    /** Of the API's answer, where it refused. */
    readonly status?: number | undefined;
    /** Of a defect. */
    readonly error?: unknown;
  };
}

/** They bubble, and leave the shadow trees that a shop may have put the element into. */
export const dispatch = <Name extends keyof ConfirmationEvents>(
  host: HTMLElement,
  name: Name,
  detail: ConfirmationEvents[Name],
): void => {
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
};

export const offerDetail = (
  sessionId: string,
  { impressionId, type, product }: OfferView,
): OfferDetail => ({ sessionId, impressionId, type, sku: product?.sku });
