import { awsJson, operationOf } from './aws-json.ts';
import type { Protocol } from './protocol.ts';

/** AWS's JSON that is not written: inputs and outputs are handed over as they are. Refusals are written. */
export const unwritten: Protocol = {
  read: ({ headers, input = {} }) => ({ operation: operationOf(headers), input }),
  answer: (_, result) => ({
    status: 200,
    contentType: '',
    body: '',
    output: { ...Object(result) },
  }),
  refuse: awsJson.refuse,
};
