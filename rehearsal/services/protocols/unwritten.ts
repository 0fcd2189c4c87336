import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { AnswerProtocol, UnwrittenCall } from './protocol.ts';
import { restJson } from './rest-json.ts';

/** Outputs are handed over as they are, refusals are written by the service's protocol. */
const unwritten = ({ refuse }: AnswerProtocol): AnswerProtocol => ({
  answer: (_, result) => ({
    status: 200,
    contentType: '',
    body: '',
    output: { ...Object(result) },
  }),
  refuse,
});

/** By what a call would have been written as. */
export const unwrittenProtocols: Readonly<Record<UnwrittenCall['writtenAs'], AnswerProtocol>> = {
  json: unwritten(awsJson),
  rest: unwritten(restJson),
  form: unwritten(awsQuery),
};
