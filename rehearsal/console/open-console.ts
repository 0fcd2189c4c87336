import type { IncomingMessage, ServerResponse } from 'node:http';
import { demoSite } from '../demo/demo-site.ts';
import type { SampleShops } from '../input/play-sample-shops.ts';
import type { AskHttp } from '../services/http-on-the-clock.ts';
import { Console, type ConsoleOptions } from './console.ts';
import { consoleSite } from './console-site.ts';
import { bundlePage } from './page-files.ts';

export interface OpenConsoleOptions extends Omit<ConsoleOptions, 'hasPages'> {
  /** Names under which messages link to the APIs of the stacks. */
  readonly hosts: readonly string[];
  /**
   * Has the sample shops and their customers play; who waits for the shops' answer at a page is told by `isAwaited`.
   * @default nobody plays, and there are no confirmation pages
   */
  readonly play?: ((isAwaited: () => boolean) => Promise<SampleShops>) | undefined;
  /** Told of what failed. */
  readonly onProblem: (problem: string) => void;
}

export interface OpenConsole {
  readonly console: Console;
  /** Answers what is the console's, and refuses what comes from elsewhere. */
  readonly first: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Answers the rest: pages of messages, the shops' confirmation pages, the API. */
  readonly ask: AskHttp;
  readonly close: () => Promise<void>;
}

/** The console of a rehearsal that has just been booted; its clock stands still until somebody at the page lets it go. */
export const openConsole = async (options: OpenConsoleOptions): Promise<OpenConsole> => {
  const { rehearsal, hosts, play, onProblem } = options;
  const files = await bundlePage();
  const console = new Console({ ...options, hasPages: play !== undefined });
  const { pacer } = console;
  const shops = await play?.(() => console.isVisited);
  const first = consoleSite({ console, files, hosts, onProblem });
  if (shops === undefined) return { console, first, ask: console.ask, close: () => pacer.pause() };
  const { clock } = rehearsal;
  const demo = demoSite({
    shops,
    rehearsal: {
      http: console.ask,
      // The console has the clock: what the demo sets off is done as soon as nobody else needs it.
      clock: { now: () => clock.now(), isRunning: true, runUntil: () => pacer.settle(0) },
      schedule: (events) => {
        rehearsal.schedule(events);
        void pacer.settle(0);
      },
    },
  });
  return {
    console,
    first,
    ask: demo.ask,
    close: async () => {
      demo.close();
      await pacer.pause();
    },
  };
};
