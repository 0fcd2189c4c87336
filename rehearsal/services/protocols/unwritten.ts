import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { AnswerProtocol } from './protocol.ts';

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

export const unwrittenJson = unwritten(awsJson);

export const unwrittenQuery = unwritten(awsQuery);
