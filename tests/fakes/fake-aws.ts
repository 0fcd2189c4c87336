import { Readable } from 'node:stream';

/** What a client of the SDK sent: the operation's name, and its input as it went over the wire. */
export interface AwsCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface AwsAnswer {
  /** @default 200 */
  readonly status?: number;
  /** The answer's text: JSON or, of SES, XML. */
  readonly body: string;
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** JSON services name the operation in a header, SES in its form, Scheduler by method and path. */
const callOf = ({ method, path, headers, body }: WireRequest): AwsCall => {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
  const target = headers['x-amz-target'];
  if (target !== undefined)
    return { operation: target.split('.').at(-1) ?? '', input: JSON.parse(text) };
  if (headers['content-type'] === 'application/json')
    return { operation: `${method} ${path}`, input: JSON.parse(text) };
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(text));
  return { operation: Action, input };
};

/** Answers in place of AWS: hand `config` to a client of the SDK. */
export const fakeAws = (answer: (call: AwsCall) => AwsAnswer) => {
  const calls: AwsCall[] = [];
  const config = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: WireRequest) => {
        const call = callOf(request);
        calls.push(call);
        const { status = 200, body } = answer(call);
        return {
          response: { statusCode: status, headers: {}, body: Readable.from([Buffer.from(body)]) },
        };
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    },
  };
  return { calls, config };
};

/** An error of a JSON service. */
export const awsError = (type: string, message = type): AwsAnswer => ({
  status: 400,
  body: JSON.stringify({ __type: type, message }),
});

export const awsAnswer = (answer: object): AwsAnswer => ({ body: JSON.stringify(answer) });
