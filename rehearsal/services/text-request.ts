import * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** End User Messaging API reference, SendTextMessage: lengths, and seconds a text may wait for its phone. */
const MAX_BODY_LENGTH = 1600;
const MAX_CONTEXT_ENTRIES = 5;
const TIME_TO_LIVE_SECONDS = { least: 5, most: 259_200 } as const;

/** What SendTextMessage may ask for here: anything else is AWS's to know. */
const schema = z.strictObject({
  DestinationPhoneNumber: z.string().regex(/^\+[1-9]\d{1,14}$/, {
    error: 'expected a number in E.164 format, such as +4915112345678',
  }),
  OriginationIdentity: z.string().min(1).max(256),
  MessageBody: z.string().min(1).max(MAX_BODY_LENGTH),
  MessageType: z.enum(['TRANSACTIONAL', 'PROMOTIONAL']).default('TRANSACTIONAL'),
  ConfigurationSetName: z.string().min(1).max(256).optional(),
  ProtectConfigurationId: z.string().min(1).max(256).optional(),
  MaxPrice: z
    .string()
    .regex(/^\d{0,8}\.\d{1,8}$/, { error: 'expected US dollars with decimals, such as 0.10' })
    .optional(),
  TimeToLive: z
    .int()
    .min(TIME_TO_LIVE_SECONDS.least)
    .max(TIME_TO_LIVE_SECONDS.most)
    .default(TIME_TO_LIVE_SECONDS.most),
  Context: z
    .record(z.string().regex(/^\S{1,100}$/), z.string().regex(/^\S(?:[\s\S]{0,798}\S)?$/))
    .refine((context) => Object.keys(context).length <= MAX_CONTEXT_ENTRIES, {
      error: `expected ${MAX_CONTEXT_ENTRIES} entries or fewer`,
    })
    .default({}),
  DryRun: z.boolean().default(false),
});

/** A text to one number from a pool, as SendTextMessage is asked for it. */
export type TextRequest = z.output<typeof schema>;

/**
 * Reads what SendTextMessage is asked for.
 *
 * @throws {AwsError} ValidationException as AWS says it, InvalidAction for what is not modelled here
 */
export const readTextRequest = (input: unknown): TextRequest => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  if (unknown.length > 0)
    throw new AwsError(
      'InvalidAction',
      `SendTextMessage: ${unknown.join(', ')} is not modelled by the rehearsal`,
    );
  throw new AwsError('ValidationException', z.prettifyError(parsed.error), {
    members: {
      Reason: 'FIELD_VALIDATION_FAILED',
      Fields: issues.map(({ path, message }) => ({ Name: path.join('.'), Message: message })),
    },
  });
};
