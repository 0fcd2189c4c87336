/** The versions of one secret, of which one is current and one may be about to be. */
export interface SecretVersions {
  /** @throws when there is none */
  current(): Promise<string>;

  /** What a version about to be current has; `undefined` while nothing was put. */
  pending(version: string): Promise<string | undefined>;

  /** Puts the value that is about to be current. */
  put(version: string, value: string): Promise<void>;

  /** Makes the version current; harmless when it is. @throws when the secret knows no such version */
  promote(version: string): Promise<void>;
}
