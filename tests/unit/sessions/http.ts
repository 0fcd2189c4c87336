import type { Answer } from '#core/http/answer.ts';
import { type GuardedSettings, guarded } from '#core/http/guarded.ts';

export interface Asked {
  readonly body?: unknown;
  readonly text?: string;
  readonly isBase64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** A request as the HTTP API hands it over. */
export const httpEvent = (method: string, path: string, asked: Asked = {}): object => {
  const { body, text, isBase64 = false, headers = {}, address = '203.0.113.9' } = asked;
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const sent = text ?? (body === undefined ? '' : JSON.stringify(body));
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers,
    body: isBase64 ? Buffer.from(sent).toString('base64') : sent,
    isBase64Encoded: isBase64,
    requestContext: { http: { method, path: rawPath, sourceIp: address } },
  };
};

export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON; `{}` without any. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A function behind the guard, asked over HTTP. */
export const served = (
  answer: GuardedSettings['answer'],
  change: Partial<GuardedSettings> = {},
) => {
  const reported: unknown[] = [];
  const handle = guarded({
    realm: 'session',
    limit: () => ({ kind: 'go' }),
    report: (error) => reported.push(error),
    ...change,
    answer,
  });
  const ask = async (method: string, path: string, asked?: Asked): Promise<Heard> => {
    const { statusCode, headers, body } = await handle(httpEvent(method, path, asked));
    return { status: statusCode, headers, text: body, body: body === '' ? {} : JSON.parse(body) };
  };
  return { ask, reported };
};

export const ok = async (): Promise<Answer> => ({ status: 200, body: { all: 'well' } });
