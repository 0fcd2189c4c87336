import * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** SQS API reference: seconds up to 15 minutes for a message, up to 12 hours for its visibility. */
const MAX_DELAY_SECONDS = 900;
const MAX_VISIBILITY_SECONDS = 43_200;

const sendSchema = z.strictObject({
  QueueUrl: z.string(),
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(MAX_DELAY_SECONDS).optional(),
  MessageAttributes: z
    .record(z.string(), z.strictObject({ DataType: z.literal('String'), StringValue: z.string() }))
    .optional(),
});

const visibilitySchema = z.strictObject({
  QueueUrl: z.string(),
  ReceiptHandle: z.string().regex(/^.+\/\d+$/),
  VisibilityTimeout: z.int().min(0).max(MAX_VISIBILITY_SECONDS),
});

export type SendRequest = z.output<typeof sendSchema>;

/** @throws {AwsError} InvalidParameterValue, also for what is not modelled here */
export const readSend = (input: unknown): SendRequest => read(sendSchema, input);

/** @throws {AwsError} InvalidParameterValue, also for what is not modelled here */
export const readVisibility = (input: unknown): z.output<typeof visibilitySchema> =>
  read(visibilitySchema, input);

export const attributesOf = ({
  MessageAttributes = {},
}: SendRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
  );

const read = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AwsError(
    'InvalidParameterValue',
    `One or more parameters are invalid, or not modelled by the rehearsal: ${z.prettifyError(parsed.error)}`,
  );
};
