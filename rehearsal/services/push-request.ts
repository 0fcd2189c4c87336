import * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** Pinpoint API reference, Messages: at most so many addresses in a request. */
const MAX_ADDRESSES = 100;

const common = {
  Title: z.string().optional(),
  Body: z.string().optional(),
  Url: z.string().optional(),
  Action: z.enum(['OPEN_APP', 'DEEP_LINK', 'URL']).optional(),
  Data: z.record(z.string(), z.string()).optional(),
};

const timing = { TimeToLive: z.int().min(0).optional(), Priority: z.string().optional() };

/** What SendMessages may ask for here: anything else is AWS's to know. */
const schema = z.strictObject({
  ApplicationId: z.string().min(1),
  TraceId: z.string().optional(),
  Addresses: z
    .record(z.string().min(1), z.strictObject({ ChannelType: z.enum(['GCM', 'APNS']) }))
    .refine((addresses) => sized(addresses), {
      error: `expected 1 to ${MAX_ADDRESSES} addresses`,
    }),
  MessageConfiguration: z.strictObject({
    APNSMessage: z
      .strictObject({
        ...common,
        ...timing,
        APNSPushType: z.string().optional(),
        CollapseId: z.string().optional(),
        PreferredAuthenticationMethod: z.enum(['key', 'certificate']).optional(),
        ThreadId: z.string().optional(),
      })
      .optional(),
    GCMMessage: z
      .strictObject({
        ...common,
        ...timing,
        CollapseKey: z.string().optional(),
        PreferredAuthenticationMethod: z.enum(['key', 'token']).optional(),
      })
      .optional(),
    DefaultPushNotificationMessage: z.strictObject(common).optional(),
  }),
});

const sized = (addresses: object): boolean => {
  const { length } = Object.keys(addresses);
  return length > 0 && length <= MAX_ADDRESSES;
};

/** A notification to devices, as SendMessages is asked for it. */
export type PushRequest = z.output<typeof schema>;

/**
 * Reads what SendMessages is asked for.
 *
 * @throws {AwsError} BadRequestException as AWS says it, InvalidAction for what is not modelled here
 */
export const readPushRequest = (input: unknown): PushRequest => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const isUnknown = issues.some(({ code }) => code === 'unrecognized_keys');
  throw new AwsError(
    isUnknown ? 'InvalidAction' : 'BadRequestException',
    isUnknown
      ? `SendMessages: this is not modelled by the rehearsal: ${z.prettifyError(parsed.error)}`
      : z.prettifyError(parsed.error),
  );
};
