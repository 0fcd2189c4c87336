import type { Session } from '#core/domain/sessions/session.ts';
import type { Sessions } from '#core/ports/sessions.ts';

export interface InMemorySessions extends Sessions {
  /** As they are stored now. */
  readonly all: () => readonly Session[];
}

/** @param pause what every read and write waits for: who comes first is up to it */
export const inMemorySessions = (
  sessions: readonly Session[] = [],
  pause: () => Promise<void> = () => Promise.resolve(),
): InMemorySessions => {
  const stored = new Map(sessions.map((session) => [session.sessionId, session]));
  return {
    all: () => [...stored.values()],

    find: async (sessionId) => {
      await pause();
      return structuredClone(stored.get(sessionId));
    },

    write: async (session) => {
      await pause();
      const { sessionId, version } = session;
      if ((stored.get(sessionId)?.version ?? 0) !== version) return false;
      const next: Session = JSON.parse(JSON.stringify({ ...session, version: version + 1 }));
      stored.set(sessionId, next);
      return true;
    },
  };
};
