import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came, once its body has been read. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body before it was read as text; for protocols whose bodies need not be any. */
  readonly bytes: Buffer;
  /** Of a call that is made in this process and never written: there is nothing to read of the rest. */
  readonly call?: UnwrittenCall;
}

/** What a request would say, and whose it is. */
export interface UnwrittenCall extends Asked {
  readonly role: string;
  /** By the name that requests are signed with. */
  readonly service: string;
  /** What it would have been written as. Members of a form's input are named as there: `Tags.member.1.Name`. */
  readonly writtenAs: 'json' | 'rest' | 'form';
}

export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the body would say, where the request was never written; refusals are written all the same. */
  readonly output?: Readonly<Record<string, unknown>>;
}

/** An operation that a request asks for. */
export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Why a request was not answered: a service's word, or with `InternalFailure` a fault of the rehearsal. */
export interface Fault {
  readonly code: string;
  /** The protocol knows it where the service does not say. */
  readonly status: number | undefined;
  readonly message: string;
  /** What the error says besides. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** How clients of a service write requests and read answers. */
export interface Protocol extends AnswerProtocol {
  readonly read: (request: WireRequest, service: string) => Asked;
}

export interface AnswerProtocol {
  readonly answer: (operation: string, result: unknown) => WireAnswer;
  readonly refuse: (fault: Fault) => WireAnswer;
}
