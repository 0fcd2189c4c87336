import { awsJson, operationOf } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { Protocol } from './protocol.ts';

/** Inputs and outputs are handed over as they are, refusals are written by the service's protocol. */
const unwritten = ({ refuse }: Protocol): Protocol => ({
  read: ({ headers, input = {} }) => ({ operation: operationOf(headers), input }),
  answer: (_, result) => ({
    status: 200,
    contentType: '',
    body: '',
    output: { ...Object(result) },
  }),
  refuse,
});

export const unwrittenJson = unwritten(awsJson);

/** Members are named as in a form: `Tags.member.1.Name`. */
export const unwrittenQuery = unwritten(awsQuery);
