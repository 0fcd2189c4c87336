import {
  BadRequestException,
  type DirectMessageConfiguration,
  type MessageResult,
  PayloadTooLargeException,
  type PinpointClient,
  SendMessagesCommand,
} from '@aws-sdk/client-pinpoint';
import type { OutgoingPush, PushDevice, PushedDevice, PushSender } from '../ports/push-sender.ts';
import { refusalOf } from './provider-answer.ts';

/**
 * Notifications by AWS End User Messaging Push, which speaks the API of Pinpoint: SendMessages alone of it, with
 * tokens as addresses.
 */
export const pinpointPushSender =
  (client: PinpointClient, ApplicationId: string): PushSender =>
  async (push) => {
    try {
      const { MessageResponse } = await client.send(
        new SendMessagesCommand({
          ApplicationId,
          MessageRequest: {
            Addresses: Object.fromEntries(
              push.devices.map(({ token, platform }) => [token, { ChannelType: platform }]),
            ),
            MessageConfiguration: messagesOf(push),
          },
        }),
      );
      const results = MessageResponse?.Result ?? {};
      return {
        kind: 'answered',
        devices: push.devices.map((device) => toPushed(device, results[device.token])),
      };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      const isMessage =
        error instanceof BadRequestException || error instanceof PayloadTooLargeException;
      return { kind: isMessage ? 'refused' : 'later', because: refusal.because };
    }
  };

const messagesOf = ({
  devices,
  title,
  text,
  url,
  secondsToLive,
  data,
}: OutgoingPush): DirectMessageConfiguration => {
  const message = {
    Title: title,
    Body: text,
    Action: 'URL',
    Url: url,
    TimeToLive: Math.max(0, Math.floor(secondsToLive)),
    Data: { ...data, url },
  } as const;
  const has = (platform: string) => devices.some((device) => device.platform === platform);
  return {
    ...(has('GCM') ? { GCMMessage: message } : {}),
    ...(has('APNS') ? { APNSMessage: message } : {}),
  };
};

/**
 * The status that AWS gives a token that is no device's any more, whatever FCM or APNs said in its own terms
 * (`NotRegistered`, `Unregistered`, `BadDeviceToken`).
 */
const GONE = 410;

/** APNs says this of a sender that is set up for another app: the device is there. */
const WRONG_APP = /DeviceTokenNotForTopic/;

const toPushed = (device: PushDevice, result: MessageResult | undefined): PushedDevice => {
  if (result === undefined)
    return { ...device, state: 'unknown', because: 'the answer has nothing of the device' };
  const { DeliveryStatus, StatusCode, StatusMessage = '', MessageId, UpdatedToken } = result;
  return {
    ...device,
    state: stateOf(result),
    messageId: MessageId,
    newToken: UpdatedToken === device.token ? undefined : UpdatedToken,
    because: `${DeliveryStatus} ${StatusCode} ${StatusMessage.replaceAll(device.token, '<token>')}`,
  };
};

/** API reference, Messages, MessageResult; of a status that is not among these nothing is known. */
const states: Readonly<Record<string, PushedDevice['state']>> = {
  SUCCESSFUL: 'accepted',
  TEMPORARY_FAILURE: 'later',
  THROTTLED: 'later',
  PERMANENT_FAILURE: 'refused',
  DUPLICATE: 'refused',
  OPT_OUT: 'refused',
};

const stateOf = ({
  DeliveryStatus = 'UNKNOWN_FAILURE',
  StatusCode,
  StatusMessage = '',
}: MessageResult): PushedDevice['state'] => {
  const isGone =
    DeliveryStatus === 'PERMANENT_FAILURE' && StatusCode === GONE && !WRONG_APP.test(StatusMessage);
  return isGone ? 'gone' : (states[DeliveryStatus] ?? 'unknown');
};
