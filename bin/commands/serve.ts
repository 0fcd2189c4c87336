import { once } from 'node:events';
import type { LocalSite, SiteVisit } from '#rehearsal/local-site.ts';
import type { Rehearsal } from '#rehearsal/rehearsal.ts';
import type { AskHttp } from '#rehearsal/services/http-on-the-clock.ts';

/** What was asked for cannot be served. */
export class CannotServe extends Error {
  override readonly name = 'CannotServe';
}

const DEFAULT_PORT = '4080';

/** `--serve` may stand without its port, which parseArgs has no word for: it is filled in. */
export const withServePort = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg, at) => {
    if (arg !== '--serve') return [arg];
    const next = args[at + 1];
    return next === undefined || next.startsWith('-') ? [`--serve=${DEFAULT_PORT}`] : [arg];
  });

/** @throws {CannotServe} */
export const servePort = (text: string, option = '--serve'): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CannotServe(
    `${option}: got "${text}", expected a port from 0 to 65535 (0: any free one)`,
  );
};

/** One line a request, as it was answered. */
export const printVisit = ({ method, path, status, because }: SiteVisit): void => {
  console.error(`${status}  ${method} ${path}${because === undefined ? '' : `\n     ${because}`}`);
};

export interface ServeOptions {
  readonly rehearsal: Rehearsal;
  /** What is asked instead of the rehearsal's API: one that has pages besides. @default the API itself */
  readonly ask?: AskHttp | undefined;
  readonly site: LocalSite;
  /** Paths that are worth a try, as links on the site. */
  readonly examples: readonly string[];
  /** Ends the serving. @default Ctrl-C */
  readonly ended?: Promise<unknown> | undefined;
}

/** @throws {CannotServe} when the stacks have no HTTP API */
export const assertServable = ({ domainNames }: Rehearsal): void => {
  if (domainNames.length === 0)
    throw new CannotServe('--serve: the stacks have no HTTP API, so there is nothing to serve');
};

/** Answers requests until Ctrl-C. It prints to the error stream, so that a summary as JSON stays JSON. */
export const serve = async ({
  rehearsal,
  site,
  examples,
  ask = rehearsal.http,
  ended = once(process, 'SIGINT'),
}: ServeOptions): Promise<void> => {
  site.open(ask);
  console.error(servingInWords(rehearsal, site.url, examples));
  await ended;
};

const servingInWords = (
  { clock, domainNames }: Rehearsal,
  url: string,
  examples: readonly string[],
): string =>
  [
    `\n${domainNames.join(', ')} is served on ${url} until Ctrl-C.`,
    `The clock stands still at ${new Date(clock.now()).toISOString()}: what a request sets off is done as far as it is due now.`,
    ...(examples.length === 0 ? [] : ['Try:', ...examples.map((path) => `  ${url}${path}`)]),
  ].join('\n');
