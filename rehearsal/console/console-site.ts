import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Console } from './console.ts';
import { consoleApi } from './console-api.ts';
import { mailPage, mailPolicy } from './mail-page.ts';
import type { PageFiles } from './page-files.ts';
import { isOwnHost, originProblem } from './same-origin.ts';

export interface ConsoleSiteOptions {
  readonly console: Console;
  readonly files: PageFiles;
  /** Names under which messages link to what this site answers. */
  readonly hosts: readonly string[];
  /** Told of what failed. */
  readonly onProblem: (problem: string) => void;
}

/** A page and its files come from here, and nothing else does; frames show messages and shops' pages. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MAX_BODY_BYTES = 64 * 1024;

/** Real milliseconds between two pieces of news: the page has to draw them. */
const NEWS_MS = 250;

/**
 * The console's part of a local site: the page, what it asks, news as server-sent events, and e-mails for its frames.
 *
 * @returns whether the request was taken: of this site, nobody else's may be, whatever it asks for
 */
export const consoleSite =
  (options: ConsoleSiteOptions) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '/', headers } = request;
    if (!isOwnHost(headers.host)) {
      tell(response, 421, `got the host "${headers.host}", expected 127.0.0.1 or localhost`);
      return true;
    }
    const path = URL.parse(url, `http://${headers.host}`)?.pathname ?? url;
    const isConsole = path === '/' || /^\/console(\/|$)/.test(path);
    const problem = originProblem(request, path, isConsole);
    if (problem !== undefined) {
      tell(response, 403, problem);
      return true;
    }
    if (!isConsole) return false;
    answer(options, request, response).catch((error: unknown) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      options.onProblem(words);
      if (response.headersSent) response.end();
      else send(response, 500, 'application/json', JSON.stringify({ problem: words }));
    });
    return true;
  };

const answer = async (
  options: ConsoleSiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', `http://${headers.host}`);
  const [, , room = '', name = ''] = url.pathname.split('/');
  if (room === 'api') {
    const body = method === 'POST' ? await jsonOf(request) : undefined;
    const asked = { method, name, query: url.searchParams, body };
    const { status, json } = await consoleApi(options.console, asked);
    send(response, status, 'application/json', JSON.stringify(json));
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    tell(response, 405, 'expected GET');
    return;
  }
  if (url.pathname === '/console/events') {
    stream(options.console, response);
    return;
  }
  if (room === 'mail') await sendMail(options, response, { url, id: decodeURIComponent(name) });
  else sendFile(options.files, response, url.pathname);
};

const sendMail = async (
  { console: of, hosts }: ConsoleSiteOptions,
  response: ServerResponse,
  { url, id }: { readonly url: URL; readonly id: string },
): Promise<void> => {
  const html = await of.messages.html(id);
  if (html === undefined) {
    tell(response, 404, `there is no e-mail ${id}`);
    return;
  }
  const { origin } = url;
  send(response, 200, 'text/html', mailPage(html, { origin, hosts }), mailPolicy(origin));
};

const sendFile = (files: PageFiles, response: ServerResponse, path: string): void => {
  if (path === '/console/page.js') send(response, 200, 'text/javascript', files.script);
  else if (path === '/console/page.css') send(response, 200, 'text/css', files.style);
  else if (path === '/' || path === '/console')
    response.writeHead(303, { location: '/console/' }).end();
  else if (path === '/console/') send(response, 200, 'text/html', files.page, PAGE_POLICY);
  else tell(response, 404, `the console has no ${path}`);
};

/** News as they come, but not more of them than can be shown. */
const stream = (of: Console, response: ServerResponse): void => {
  response.writeHead(200, {
    ...always,
    'content-type': 'text/event-stream',
    connection: 'keep-alive',
  });
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    response.write(`data: ${JSON.stringify(of.news())}\n\n`);
  };
  const end = of.watch(() => {
    timer ??= setTimeout(write, NEWS_MS);
  });
  response.on('close', () => {
    clearTimeout(timer);
    end();
  });
  write();
};

const jsonOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += Buffer.byteLength(chunk);
    if (length <= MAX_BODY_BYTES) chunks.push(Buffer.from(chunk));
  }
  // What cannot be read is refused by the contract of what is asked for.
  if (length > MAX_BODY_BYTES) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

const tell = (response: ServerResponse, status: number, words: string): void =>
  send(response, status, 'text/plain', `${words}\n`);

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  policy = "default-src 'none'; frame-ancestors 'none'",
): void => {
  response.writeHead(status, {
    ...always,
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(body);
};
