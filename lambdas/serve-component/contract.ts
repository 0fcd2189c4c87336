import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const serveComponentContract = {
  name: 'serve-component',
  env: z.object({}),
} as const satisfies FunctionContract;

/** What the API hands over of `GET /component/{file}`; names of headers are in lower case. */
export const componentRequest = z.object({
  pathParameters: z.object({ file: z.string().default('') }).default({ file: '' }),
  headers: z.record(z.string(), z.string().optional()).default({}),
});

export type ComponentRequest = z.output<typeof componentRequest>;
