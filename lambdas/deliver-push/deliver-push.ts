import { encodeTouchRef } from '#core/contracts/touch-ref.ts';
import type { DueTouch, Prepared, SendResult } from '#core/delivery/deliver-touch.ts';
import {
  composeNote,
  secondsToLive,
  shopOf,
  type ShortMessageDeps,
} from '#core/delivery/short-message.ts';
import { compareText } from '#core/domain/compare-text.ts';
import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';
import { activeDevices } from '#core/domain/customers/customer.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { Pace } from '#core/ports/pace.ts';
import type {
  OutgoingPush,
  PushDevice,
  PushedDevice,
  PushResult,
  PushSender,
} from '#core/ports/push-sender.ts';
import type { ToldEvents } from '#core/ports/told-events.ts';
import { deviceNews } from './device-news.ts';

export interface DeliverPushDeps extends ShortMessageDeps {
  readonly policy: ContactPolicy;
  readonly send: PushSender;
  readonly pace: Pace;
  readonly told: ToldEvents;
  readonly digest: Digest;
  /** What is known of devices by now could not be passed on: it comes up again with the next message. */
  readonly onUntold: (error: unknown) => void;
}

/** SendMessages takes a hundred addresses. */
const MOST_DEVICES = 100;

/**
 * Writes a due touch as one notification for all of the customer's devices, that the provider can be called with.
 *
 * @throws when the message cannot be composed
 */
export const deliverPush =
  (deps: DeliverPushDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const devices = devicesOf(due);
    if (devices.length === 0) return { kind: 'dropped', reason: 'no-address' };

    const { locale, personalised, ...note } = await composeNote(deps, due);
    const { record, touch, order } = due;
    const { shop, orderId } = order;
    const push: OutgoingPush = {
      ...note,
      devices,
      secondsToLive: secondsToLive(deps.policy, shopOf(deps, due), due, 'push'),
      data: { shop, touch: touch.name, orderId, ref: encodeTouchRef(record) },
    };
    await deps.pace(1);
    return { kind: 'ready', locale, personalised, send: () => sendPush(deps, due, push) };
  };

/** The latest seen of a customer who has more than a request takes. */
const devicesOf = ({ customer }: DueTouch): readonly PushDevice[] =>
  customer === undefined
    ? []
    : activeDevices(customer)
        .toSorted(([, a], [, b]) => compareText(b.at, a.at))
        .slice(0, MOST_DEVICES)
        .map(([token, { platform }]) => ({ token, platform }));

const sendPush = async (
  deps: DeliverPushDeps,
  due: DueTouch,
  push: OutgoingPush,
): Promise<SendResult> => {
  const result = await deps.send(push);
  if (result.kind === 'answered') await passOn(deps, due, result.devices);
  return resultOf(result);
};

/** The notification is out: that news of devices fails must not send it again. */
const passOn = async (
  { told, digest, onUntold }: DeliverPushDeps,
  due: DueTouch,
  devices: readonly PushedDevice[],
): Promise<void> => {
  const news = deviceNews(due, devices, digest);
  if (news.length === 0) return;
  try {
    await told.tell(news);
  } catch (error) {
    onUntold(error);
  }
};

/** One device that took it is enough; while one may have taken it, nobody knows. */
const resultOf = (result: PushResult): SendResult => {
  if (result.kind !== 'answered') return result;
  const { devices } = result;
  const taken = devices.find(({ state }) => state === 'accepted');
  if (taken !== undefined)
    return { kind: 'accepted', messageId: taken.messageId ?? 'without an id' };
  const unknown = devices.find(({ state }) => state === 'unknown');
  if (unknown !== undefined)
    throw new Error(`it is not known whether a device got the notification: ${unknown.because}`);
  const later = devices.find(({ state }) => state === 'later');
  if (later !== undefined) return { kind: 'later', because: later.because };
  return {
    kind: 'unreachable',
    because: devices[0]?.because ?? 'the provider says nothing of any device',
  };
};
