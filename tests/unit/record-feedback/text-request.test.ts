import { expect, test } from 'vitest';
import { requestOf } from '#core/domain/feedback/text-request.ts';

test.each([
  ['STOP', 'stop'],
  [' stop! ', 'stop'],
  ['„Stopp“', 'stop'],
  ['Stop texting me', 'stop'],
  ['opt out', 'stop'],
  ['Opt-Out please', 'stop'],
  ['Arrêt', 'stop'],
  ['bitte\n', 'other'],
  ['Abmelden', 'stop'],
  ['STOPALL', 'stop'],
  ['stopping by tomorrow', 'other'],
  ['Please do not stop', 'other'],
  ['End of this month?', 'stop'],
  ['endless', 'other'],
  ['start', 'start'],
  ['Unstop.', 'start'],
  ['Start when you like', 'other'],
  ['HELP', 'help'],
  ['Help me understand', 'help'],
  ['Hilfe', 'help'],
  ['', 'other'],
  ['👍', 'other'],
])('%j asks for: %s', (text, asks) => {
  expect(requestOf(text)).toBe(asks);
});
