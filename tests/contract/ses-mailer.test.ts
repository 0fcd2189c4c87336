import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import { sesMailer } from '#core/adapters/ses-mailer.ts';
import { fakeAws } from '#tests/fakes/fake-aws.ts';

const mail = {
  from: 'orders@mail.hearth.example',
  to: 'mia@mail.example',
  raw: new TextEncoder().encode('Subject: On its way\r\n\r\nHello'),
  tags: { shop: 'hearth', orderId: 'gid://shop/Order/1' },
};

const accepted = {
  body: '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100-abc</MessageId></SendRawEmailResult></SendRawEmailResponse>',
};

const error = (code: string, message: string) => ({
  status: 400,
  body: `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const sendTo = (answer: { readonly status?: number; readonly body: string }) => {
  const { calls, config } = fakeAws(() => answer);
  return { calls, send: sesMailer(new SESClient(config), 'afterglow') };
};

describe('a mail that SES takes', () => {
  test('has SES’s id', async () => {
    expect(await sendTo(accepted).send(mail)).toEqual({ kind: 'accepted', messageId: '0100-abc' });
  });

  test('goes whole to its one recipient, with the configuration set that reports on it', async () => {
    const { calls, send } = sendTo(accepted);

    await send(mail);

    expect(calls).toMatchObject([
      {
        operation: 'SendRawEmail',
        input: {
          Source: 'orders@mail.hearth.example',
          'Destinations.member.1': 'mia@mail.example',
          'RawMessage.Data': Buffer.from(mail.raw).toString('base64'),
          ConfigurationSetName: 'afterglow',
        },
      },
    ]);
  });

  test('has tags of the characters that SES allows', async () => {
    const { calls, send } = sendTo(accepted);

    await send(mail);

    expect(calls).toMatchObject([
      {
        input: {
          'Tags.member.1.Value': 'hearth',
          'Tags.member.2.Value': 'gid---shop-Order-1',
        },
      },
    ]);
  });
});

describe('a mail that SES rejects', () => {
  test('for what it is, is refused for good, without the address', async () => {
    const { send } = sendTo(error('MessageRejected', 'Address mia@mail.example is on a list'));

    expect(await send(mail)).toEqual({
      kind: 'refused',
      because: 'MessageRejected: Address <address> is on a list',
    });
  });

  test.each([
    ['MessageRejected', 'Email address is not verified: orders@mail.hearth.example'],
    ['MessageRejected', 'Sending is paused for this account'],
    ['MailFromDomainNotVerifiedException', 'the domain is pending'],
    ['Throttling', 'Maximum sending rate exceeded'],
  ])('for the state of the account (%s: %s), is left to come again', async (code, message) => {
    const { send } = sendTo(error(code, message));

    await expect(send(mail)).rejects.toThrow(message);
  });
});
