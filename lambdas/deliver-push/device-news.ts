import { SCHEMA_VERSION, type ToldEvent } from '#core/contracts/incoming-events.ts';
import type { DueTouch } from '#core/delivery/deliver-touch.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { PushedDevice } from '#core/ports/push-sender.ts';

/**
 * What a sending says of the customer's devices, to be taken in like what their app tells: one that is gone is
 * removed, one whose token has changed is registered by its new one.
 */
export const deviceNews = (
  due: DueTouch,
  devices: readonly PushedDevice[],
  digest: Digest,
): readonly ToldEvent[] => {
  const { customerId, customer } = due;
  if (customerId === undefined) return [];
  return devices.flatMap(({ token, platform, state, newToken }): readonly ToldEvent[] => {
    const isLeft = state === 'gone' || newToken !== undefined;
    if (!isLeft) return [];
    const removed: ToldEvent = {
      type: 'DeviceRemoved',
      detail: detailOf(due, customerId, token, digest),
    };
    if (newToken === undefined) return [removed];
    const { timeZone } = customer?.devices[token] ?? {};
    const detail = { ...detailOf(due, customerId, newToken, digest), platform, timeZone };
    return [removed, { type: 'DeviceRegistered', detail }];
  });
};

const detailOf = (
  { order: { shop, orderId }, record: { touchId }, now }: DueTouch,
  customerId: string,
  token: string,
  digest: Digest,
) => {
  const eventId = `device-of/${digest(JSON.stringify([shop, orderId, touchId, token]))}`;
  return {
    eventId,
    occurredAt: now,
    schemaVersion: SCHEMA_VERSION,
    shop,
    customerId,
    token,
  } as const;
};
