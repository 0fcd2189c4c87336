import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recipientZones } from '#core/domain/customers/time-zones.ts';

const SHOP = 'Europe/Berlin';
const place = ['America/Chicago', 'America/Denver'];
const devices = [
  { timeZone: 'Asia/Tokyo', seenAt: '2026-11-20T08:00:00.000Z' },
  { timeZone: 'Asia/Seoul', seenAt: '2026-11-21T08:00:00.000Z' },
  { timeZone: 'Asia/Dubai', seenAt: '2026-11-19T08:00:00.000Z' },
];

test('what the customer stated goes before everything', () => {
  expect(recipientZones({ preferred: 'Europe/Lisbon', devices, place }, SHOP)).toEqual([
    'Europe/Lisbon',
  ]);
});

test('the device that was seen latest goes before the address', () => {
  expect(recipientZones({ devices, place }, SHOP)).toEqual(['Asia/Seoul']);
});

test('an address gives every zone it leaves open, once', () => {
  expect(recipientZones({ devices: [], place: [...place, ...place] }, SHOP)).toEqual(place);
});

test.each([{}, { place: [] }, { preferred: undefined, devices: undefined, place: undefined }])(
  'the shop’s zone is left when nothing is known: %j',
  (hints) => {
    expect(recipientZones(hints, SHOP)).toEqual([SHOP]);
  },
);

test('what is no zone is passed over, one hint at a time', () => {
  const broken = { timeZone: 'Tokyo time', seenAt: '2026-11-22T08:00:00.000Z' };

  expect(recipientZones({ preferred: 'CET/Berlin', devices, place }, SHOP)).toEqual(['Asia/Seoul']);
  expect(recipientZones({ devices: [broken, ...devices], place }, SHOP)).toEqual(['Asia/Seoul']);
  expect(
    recipientZones({ devices: [broken], place: ['', '+01:00', 'America/Denver'] }, SHOP),
  ).toEqual(['America/Denver']);
  expect(recipientZones({ preferred: '', devices: [broken], place: ['-'] }, SHOP)).toEqual([SHOP]);
});

test('the order in which devices are known does not matter, even of one instant', () => {
  const device = fc.record({
    timeZone: fc.constantFrom('Asia/Tokyo', 'Asia/Seoul', 'Europe/Paris', 'nowhere'),
    seenAt: fc.constantFrom('2026-11-20T08:00:00.000Z', '2026-11-21T08:00:00.000Z'),
  });

  fc.assert(
    fc.property(fc.array(device, { maxLength: 6 }), (seen) => {
      expect(recipientZones({ devices: seen.toReversed() }, SHOP)).toEqual(
        recipientZones({ devices: seen }, SHOP),
      );
    }),
  );
});
