import { expect, test } from 'vitest';
import * as z from 'zod';
import { readEnv } from '#core/runtime/read-env.ts';

const contract = {
  name: 'decide-touch',
  env: z.object({ TOUCHES_TABLE_NAME: z.string().min(1), EMAIL_QUEUE_URL: z.url() }),
};

test('what the contract asks for is read, and nothing else', () => {
  const source = {
    TOUCHES_TABLE_NAME: 'touches',
    EMAIL_QUEUE_URL: 'https://queue.example',
    PATH: '/bin',
  };

  expect(readEnv(contract, source)).toEqual({
    TOUCHES_TABLE_NAME: 'touches',
    EMAIL_QUEUE_URL: 'https://queue.example',
  });
});

test('every missing or malformed variable is named at once, with the function', () => {
  expect(() => readEnv(contract, { EMAIL_QUEUE_URL: 'no address' })).toThrow(
    'decide-touch: set valid values for TOUCHES_TABLE_NAME, EMAIL_QUEUE_URL',
  );
});
