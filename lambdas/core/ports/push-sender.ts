import type { PushPlatform } from '../domain/customers/customer.ts';

export interface PushDevice {
  readonly token: string;
  readonly platform: PushPlatform;
}

/** A notification for one customer's devices, and what their app gets with it. */
export interface OutgoingPush {
  /** A hundred at most. */
  readonly devices: readonly PushDevice[];
  readonly title: string;
  readonly text: string;
  /** Where a tap leads. */
  readonly url: string;
  /** A device that is off for longer does not get it. */
  readonly secondsToLive: number;
  readonly data: Readonly<Record<string, string>>;
}

/** What became of the notification on one device. */
export interface PushedDevice extends PushDevice {
  /**
   * - `accepted`: the device's platform took it
   * - `gone`: there is no such device any more
   * - `refused`: the platform will never take it; the device may be there
   * - `later`: it certainly did not take it, and may later
   * - `unknown`
   */
  readonly state: 'accepted' | 'gone' | 'refused' | 'later' | 'unknown';
  readonly messageId?: string | undefined;
  /** The token that the device has by now. */
  readonly newToken?: string | undefined;
  readonly because: string;
}

export type PushResult =
  | { readonly kind: 'answered'; readonly devices: readonly PushedDevice[] }
  /** The provider will never take this message. */
  | { readonly kind: 'refused'; readonly because: string }
  /** It did not take it for any device, and may later. */
  | { readonly kind: 'later'; readonly because: string };

/** Hands a notification to the provider, once. @throws when it is not known whether the provider took it */
export type PushSender = (push: OutgoingPush) => Promise<PushResult>;
