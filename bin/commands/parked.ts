import { parseArgs } from 'node:util';
import {
  DeleteMessageCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import config from '#config';

const help = `Shows the events that a stage has parked, or sends them in again once the reason is gone.

  npm run parked -- --stage STAGE [--reason REASON] [--profile PROFILE] [--region REGION]
  npm run parked -- --stage STAGE --redrive [--reason REASON]

  --reason    only events parked for this reason, such as unknown-shop
  --redrive   send them to the ingress queue again, each deleted only after it was sent

A parked event of a rehearsal stands in .rehearsal/dead-letters.jsonl.`;

const options = {
  stage: { type: 'string' },
  reason: { type: 'string' },
  redrive: { type: 'boolean', default: false },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Longer than a redrive takes; then a message that was only looked at is visible again. */
const VISIBILITY_SECONDS = 900;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  const { stage, reason, redrive, profile } = values;
  const region = values.region ?? config.stages[stage ?? '']?.region;
  if (values.help || stage === undefined || region === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const client = new SQSClient({ region, ...(profile === undefined ? {} : { profile }) });
  const parked = await queueUrl(client, stage, 'IngressDeadLetters');
  const ingress = await queueUrl(client, stage, 'IngressQueue');
  const messages = await allOf(client, parked, reason);
  for (const message of messages) {
    console.log(inWords(message));
    if (redrive) await sendAgain(client, { parked, ingress, message });
  }
  console.log(`${messages.length} parked event(s)${redrive ? ' sent in again' : ''}`);
  return 0;
};

const queueUrl = async (client: SQSClient, stage: string, name: string): Promise<string> => {
  const QueueNamePrefix = `Afterglow-${stage}-Ingestion-${name}`;
  const { QueueUrls: [url] = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix }));
  if (url === undefined)
    throw new Error(
      `no queue ${QueueNamePrefix}… in this account and region: deploy stage "${stage}", or choose by --profile and --region`,
    );
  return url;
};

/**
 * Each message once: those that are received are hidden from the next receive. All are taken before
 * one is sent again, as an event that is parked again would else never end it.
 */
const allOf = async (
  client: SQSClient,
  QueueUrl: string,
  reason: string | undefined,
): Promise<readonly Message[]> => {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: VISIBILITY_SECONDS,
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages.filter((message) => reason === undefined || reasonOf(message) === reason));
  }
};

const reasonOf = ({ MessageAttributes }: Message): string =>
  MessageAttributes?.['reason']?.StringValue ?? 'failed five times';

const inWords = (message: Message): string =>
  `${message.MessageId}  ${reasonOf(message)}: ${message.MessageAttributes?.['problem']?.StringValue ?? ''}`;

const sendAgain = async (
  client: SQSClient,
  { parked, ingress, message }: { parked: string; ingress: string; message: Message },
): Promise<void> => {
  await client.send(new SendMessageCommand({ QueueUrl: ingress, MessageBody: message.Body }));
  await client.send(
    new DeleteMessageCommand({ QueueUrl: parked, ReceiptHandle: message.ReceiptHandle }),
  );
};
