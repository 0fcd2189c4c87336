import type { Session } from '../domain/sessions/session.ts';

/** Remembers the confirmation page of every order, until what was accepted on it has long been settled. */
export interface Sessions {
  /** Always the latest. */
  find(sessionId: string): Promise<Session | undefined>;

  /**
   * Stores the session as the version after `session.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since it was read, or opened it before
   */
  write(session: Session): Promise<boolean>;
}
