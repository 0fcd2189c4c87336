import { expect, test } from 'vitest';
import { greetingName, plainText } from '#core/domain/messages/names.ts';

test.each(['Mia Sommer', 'J. R. R. Tolkien', 'Dr. Ümit O’Neil-Şahin', '李小龍'])(
  '%s is greeted by name',
  (name) => {
    expect(greetingName(name)).toBe(name);
  },
);

test.each(['محمد', 'שרה כהן'])('%s, written right to left, leaves the comma after it', (name) => {
  expect(greetingName(name)).toBe(`\u2068${name}\u2069`);
});

test.each([
  ['no name', undefined],
  ['white space', '  \t '],
  ['an address', 'win.big@casino.example'],
  ['a link', 'Free money https://casino.example'],
  ['what a mail program makes a link of', 'Visit casino.example now'],
  ['a text far too long', 'x'.repeat(81)],
])('%s is greeted without one', (_, name) => {
  expect(greetingName(name)).toBeNull();
});

test('a name comes in one line and cannot turn the text around it', () => {
  expect(greetingName('Mia\r\nBcc: x \u202Eremmos\u2066')).toBe('Mia Bcc: x remmos');
  expect(plainText('a\u2028b\u0000c')).toBe('a b c');
});
