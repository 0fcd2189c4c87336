import { expect, test } from 'vitest';
import { personalisedIn } from '#core/domain/messages/personalised.ts';
import type { PersonalisedElement } from '#core/domain/touches/touch.ts';
import { contextsOf } from '#lib/messages/sample-contexts.ts';
import { messageSamples } from '#lib/messages/sample-messages.ts';
import { type TouchName, touches } from '#touches/registry.ts';

const contextOf = (touch: TouchName, sample = 'plain') => {
  const found = messageSamples.find((each) => each.touch === touch && each.name === sample);
  if (found === undefined) throw new Error(`${touch} has no sample "${sample}"`);
  return contextsOf(found, 'en').ofEmail;
};

const foundIn = (touch: TouchName, sample?: string): readonly PersonalisedElement[] =>
  personalisedIn(touches[touch], contextOf(touch, sample));

test.each<[PersonalisedElement, TouchName, string, string]>([
  ['name', 'win-back', 'plain', 'no name'],
  ['gift', 'cross-sell', 'gift', 'plain'],
  ['guide', 'care-guide', 'plain', 'unknown products'],
  ['offers', 'cross-sell', 'plain', 'two products, offer unknown'],
])('%s is in a message of %s where there is something for it', (element, touch, has, lacks) => {
  expect(foundIn(touch, has)).toContain(element);
  expect(foundIn(touch, lacks)).not.toContain(element);
});

test.each<[PersonalisedElement, TouchName]>([
  ['parcel', 'dispatch-notice'],
  ['parcel', 'failed-delivery'],
  ['access', 'digital-access'],
  ['answers', 'satisfaction-survey'],
  ['refund', 'refund'],
  ['lines', 'order-confirmation'],
  ['amounts', 'order-confirmation'],
  ['dates', 'order-confirmation'],
  ['locale', 'order-confirmation'],
])('%s is in a plain message of %s', (element, touch) => {
  expect(foundIn(touch)).toContain(element);
});

test('what a touch does not declare is not in its messages', () => {
  const context = contextOf('order-confirmation');

  expect(personalisedIn({ personalised: ['name'] }, context)).toEqual(['name']);
  expect(personalisedIn({ personalised: [] }, context)).toEqual([]);
});
