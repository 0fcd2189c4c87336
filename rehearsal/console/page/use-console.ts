import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { NewsView, StateView } from '../views.ts';
import { ask, wordsOf } from './api.ts';

/** The state of the rehearsal, as news of it come. */
export interface Live {
  readonly state: StateView | undefined;
  /** Counts the news; what is shown is asked for anew with each. */
  readonly version: number;
  readonly problem: string | undefined;
  /** For what was done here, before news of it come. */
  readonly refresh: () => void;
}

/** Milliseconds between two times that a view is asked for anew while time passes. */
const AGAIN_MS = 800;

export const useLive = (): Live => {
  const [state, setState] = useState<StateView>();
  const [version, setVersion] = useState(0);
  const [problem, setProblem] = useState<string>();
  const refresh = useCallback(() => setVersion((before) => before + 1), []);

  useEffect(() => {
    void ask<StateView>('state').then(setState, (error: unknown) => setProblem(wordsOf(error)));
    const source = new EventSource('/console/events');
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener('message', ({ data }) => {
      const { clock, totals }: NewsView = JSON.parse(String(data));
      setProblem(undefined);
      setState((before) => ({ shops: [], ...before, clock, totals }));
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, AGAIN_MS);
    });
    source.addEventListener('error', () =>
      setProblem('the console does not answer: is npm start still running?'),
    );
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [refresh]);

  return { state, version, problem, refresh };
};

export interface Asked<Answer> {
  readonly answer: Answer | undefined;
  readonly problem: string | undefined;
}

/** What the console answers to a path, asked anew with each version; meanwhile the last answer stands. */
export const useAnswer = <Answer>(path: string | undefined, version: number): Asked<Answer> => {
  const [asked, setAsked] = useState<Asked<Answer> & { readonly path?: string | undefined }>({
    answer: undefined,
    problem: undefined,
  });
  const latest = useRef(0);
  useEffect(() => {
    if (path === undefined) return;
    latest.current += 1;
    const turn = latest.current;
    const isLatest = (): boolean => turn === latest.current;
    ask<Answer>(path).then(
      (answer) => {
        if (isLatest()) setAsked({ path, answer, problem: undefined });
      },
      (error: unknown) => {
        if (isLatest()) setAsked({ path, answer: undefined, problem: wordsOf(error) });
      },
    );
  }, [path, version]);
  return asked;
};
