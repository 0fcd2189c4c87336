import { describe, expect, test } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { createMail, type SentMail } from '#rehearsal/services/mail.ts';
import { awsErrorOf, arnOf, cloudOf, roleOf, START_MS } from './stage.ts';

const principal = { arn: 'arn:aws:iam::111122223333:role/App-DeliverRole' };
const raw = 'Content-Language: de-DE\r\nSubject: Bestätigung\r\n\r\nDanke!';

const stage = () => {
  const outbox: SentMail[] = [];
  const cloud = cloudOf({
    ...roleOf('Deliver', [
      ['ses:SendRawEmail', arnOf('ses', 'identity/mail.hearth.example')],
      ['ses:SendRawEmail', arnOf('ses', 'identity/unverified.example')],
      ['ses:SendRawEmail', arnOf('ses', 'configuration-set/*')],
    ]),
    Sender: {
      Type: 'AWS::SES::EmailIdentity',
      Properties: { EmailIdentity: 'mail.hearth.example' },
    },
    Mail: { Type: 'AWS::SES::ConfigurationSet', Properties: {} },
  });
  const authorizer = new Authorizer(cloud);
  const clock = new VirtualClock(START_MS);
  const service = createMail({ cloud, clock, authorizer, onMail: (mail) => outbox.push(mail) });
  const send = (more: Readonly<Record<string, string>> = {}, operation = 'SendRawEmail') =>
    service({
      principal,
      operation,
      input: {
        Source: 'Hearth & Grain <orders@mail.hearth.example>',
        'Destinations.member.1': 'jana@customers.example',
        'RawMessage.Data': Buffer.from(raw).toString('base64'),
        ...more,
      },
    });
  return { outbox, authorizer, send };
};

describe('a mail', () => {
  test('of a verified domain is delivered with its tags, at the virtual time', async () => {
    const { outbox, send } = stage();

    const answer = await send({
      ConfigurationSetName: 'App-Mail',
      'Destinations.member.2': 'copy@customers.example',
      'Tags.member.1.Name': 'shop',
      'Tags.member.1.Value': 'hearth',
      'Tags.member.2.Name': 'touch',
      'Tags.member.2.Value': 'order-confirmation',
    });

    expect(outbox).toEqual([
      {
        messageId: '0000000000000001-rehearsal',
        at: '2026-03-02T08:00:00.000Z',
        from: 'Hearth & Grain <orders@mail.hearth.example>',
        to: ['jana@customers.example', 'copy@customers.example'],
        tags: { shop: 'hearth', touch: 'order-confirmation' },
        language: 'de',
        raw,
      },
    ]);
    expect(answer).toEqual({ MessageId: outbox[0]?.messageId });
  });

  test('of a domain that is not verified is refused', async () => {
    const { outbox, send } = stage();

    const error = await awsErrorOf(() => send({ Source: 'orders@unverified.example' }));

    expect(error).toMatch(/^MessageRejected: Email address is not verified\..*EU-CENTRAL-1/);
    expect(outbox).toEqual([]);
  });

  test('of a domain that the role was not granted is denied', async () => {
    const { authorizer, send } = stage();

    await awsErrorOf(() => send({ Source: 'orders@mail.northside.example' }));

    expect(authorizer.denials).toMatchObject([
      {
        principal: 'App-DeliverRole',
        action: 'ses:SendRawEmail',
        resource: arnOf('ses', 'identity/mail.northside.example'),
      },
    ]);
  });

  test('by a configuration set that does not exist is refused', async () => {
    expect(await awsErrorOf(() => stage().send({ ConfigurationSetName: 'Other' }))).toBe(
      'ConfigurationSetDoesNotExist: Configuration set <Other> does not exist.',
    );
  });

  test('of more than ten megabytes is refused', async () => {
    const data = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');

    expect(await awsErrorOf(() => stage().send({ 'RawMessage.Data': data }))).toContain(
      'Message length is more than 10485760 bytes long',
    );
  });

  test('by another operation is not modelled', async () => {
    expect(await awsErrorOf(() => stage().send({}, 'SendEmail'))).toContain(
      'SES SendEmail is not modelled',
    );
  });
});
