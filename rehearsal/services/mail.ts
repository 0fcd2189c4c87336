import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { MailEvents } from './mail-events.ts';
import { type Service, textOf } from './service.ts';

export interface SentMail {
  readonly messageId: string;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Of its Content-Language, without the region: `en`. It is `xx` where the message states none. */
  readonly language: string;
  /** The MIME message, as text. */
  readonly raw: string;
}

export interface MailOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  /** What becomes of messages and is told. @default they all arrive, and nothing is told */
  readonly events?: MailEvents | undefined;
  /** @param arrived whether anyone it was sent to has got it */
  readonly onMail: (mail: SentMail, arrived: boolean) => void;
}

/** SES takes messages of 10 MB by SendRawEmail. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

/** SES: takes mail from the verified domains of the templates, and delivers it to the outbox. */
export const createMail = ({
  cloud,
  clock,
  authorizer,
  idsAfter = 0,
  events,
  onMail,
}: MailOptions): Service => {
  let sent = idsAfter;
  const identities = cloud.ofType('AWS::SES::EmailIdentity').map(({ ref }) => ref);
  const sets = cloud.ofType('AWS::SES::ConfigurationSet').map(({ ref }) => ref);
  const arn = (path: string) => `arn:aws:ses:${cloud.region}:${cloud.account}:${path}`;

  return async ({ principal, operation, input }) => {
    if (operation !== 'SendRawEmail')
      throw new AwsError('InvalidAction', `SES ${operation} is not modelled by the rehearsal`);
    const from = textOf(input, 'Source');
    const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
    const domain = address.split('@')[1] ?? '';
    const action = 'ses:SendRawEmail';
    authorizer.assert({ principal, action, resource: arn(`identity/${domain}`) });
    const set = textOf(input, 'ConfigurationSetName');
    if (set !== '') {
      authorizer.assert({ principal, action, resource: arn(`configuration-set/${set}`) });
      if (!sets.includes(set))
        throw new AwsError(
          'ConfigurationSetDoesNotExist',
          `Configuration set <${set}> does not exist.`,
        );
    }
    if (!identities.includes(domain))
      throw new AwsError(
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region ${cloud.region.toUpperCase()}: ${address}`,
      );
    const raw = Buffer.from(textOf(input, 'RawMessage.Data'), 'base64');
    if (raw.length > MAX_MESSAGE_BYTES)
      throw new AwsError(
        'InvalidParameterValue',
        `Message length is more than ${MAX_MESSAGE_BYTES} bytes long`,
      );
    sent += 1;
    const messageId = `${String(sent).padStart(16, '0')}-rehearsal`;
    const text = raw.toString('utf8');
    const mail: SentMail = {
      messageId,
      at: new Date(clock.now()).toISOString(),
      // Copies: a part of the request's text would keep all of it.
      ...structuredClone({
        from,
        to: membersOf(input, 'Destinations'),
        tags: tagsOf(input),
        language: languageOf(text),
      }),
      raw: text,
    };
    onMail(mail, events?.follow(mail, set) ?? true);
    return { MessageId: messageId };
  };
};

const languageOf = (message: string): string =>
  /^Content-Language: (\w+)/m.exec(message)?.[1] ?? 'xx';

/** The query protocol numbers the members of a list from 1. */
const membersOf = (input: Readonly<Record<string, unknown>>, list: string): readonly string[] => {
  const members: string[] = [];
  for (let index = 1; ; index += 1) {
    const member = textOf(input, `${list}.member.${index}`);
    if (member === '') return members;
    members.push(member);
  }
};

const tagsOf = (input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => {
  const tags: Record<string, string> = {};
  for (let index = 1; ; index += 1) {
    const name = textOf(input, `Tags.member.${index}.Name`);
    if (name === '') return tags;
    tags[name] = textOf(input, `Tags.member.${index}.Value`);
  }
};
