import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import { sesMailer } from '#core/adapters/ses-mailer.ts';
import { fakeAws } from '#tests/fakes/fake-aws.ts';
import { unanswered } from '#tests/fakes/unanswered.ts';

const mail = {
  from: 'orders@mail.hearth.example',
  to: 'mia@mail.example',
  raw: new TextEncoder().encode('Subject: On its way\r\n\r\nHello'),
  tags: { shop: 'hearth', orderId: 'gid://shop/Order/1' },
};

const accepted = {
  body: '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100-abc</MessageId></SendRawEmailResult></SendRawEmailResponse>',
};

const error = (code: string, message: string, status = 400) => ({
  status,
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

  test('for an address that is none, is refused for good', async () => {
    const { send } = sendTo(error('InvalidParameterValue', 'Local address contains control'));

    expect(await send(mail)).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['MessageRejected', 'Email address is not verified.', 400],
    ['MessageRejected', 'Sending is paused for this account', 400],
    ['MailFromDomainNotVerifiedException', 'the domain is pending', 400],
    ['AccountSendingPausedException', 'paused', 400],
    ['ConfigurationSetDoesNotExist', 'no such set', 400],
    ['LimitExceeded', 'Daily message quota exceeded', 400],
    ['Throttling', 'Maximum sending rate exceeded', 400],
    ['TooManyRequests', 'slow down', 429],
    ['AccessDenied', 'not authorized to perform ses:SendRawEmail', 403],
    ['ServiceUnavailable', 'try again', 503],
  ])('for the state of the account (%s: %s), may go later', async (code, message, status) => {
    const { send } = sendTo(error(code, message, status));

    const result = await send(mail);

    expect(result).toMatchObject({ kind: 'later', because: expect.stringContaining(message) });
  });
});

describe('a mail that nobody knows of whether SES took it', () => {
  test('is an error: an answer of the 500s', async () => {
    const { send } = sendTo(error('InternalFailure', 'something broke', 500));

    await expect(send(mail)).rejects.toThrow('something broke');
  });

  test.each(['TimeoutError', 'ECONNRESET'])('is an error: %s', async (code) => {
    const send = sesMailer(new SESClient(unanswered(code)), 'afterglow');

    await expect(send(mail)).rejects.toThrow('no answer');
  });
});

test.each(['ECONNREFUSED', 'ENOTFOUND'])(
  'a mail for which no connection was made (%s) may go later',
  async (code) => {
    const send = sesMailer(new SESClient(unanswered(code)), 'afterglow');

    expect(await send(mail)).toMatchObject({ kind: 'later' });
  },
);
