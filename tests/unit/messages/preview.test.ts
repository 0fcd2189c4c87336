import { expect, test } from 'vitest';
import { previewMessages } from '#lib/messages/preview/preview-messages.ts';
import { emailPath, previewPage } from '#lib/messages/preview/preview-page.ts';
import { pagePath, previewPages } from '#lib/messages/preview/preview-pages.ts';
import { copyOf } from './changed-messages.ts';

const messages = await previewMessages(copyOf('out-for-delivery'));
const pages = previewPages();
const page = previewPage(messages, pages);

test('every sample is told in every language', () => {
  const plain = messages.filter(({ sample }) => sample === 'plain');

  expect(plain.map(({ locale }) => locale).toSorted()).toEqual(['de-DE', 'en-GB']);
  expect(page.match(/<article/g)).toHaveLength(messages.length);
});

test('an e-mail stands in frames of a telephone’s and of a desktop’s width, and no two are one file', () => {
  const paths = messages.map(emailPath);

  expect(new Set(paths).size).toBe(messages.length);
  expect(paths.filter((path) => page.split(`data-src="${path}"`).length !== 3)).toEqual([]);
  expect(page).toMatch(/<iframe[^>]* width="360"[^>]* sandbox/);
  expect(page).toMatch(/<iframe[^>]* width="1024"[^>]* sandbox/);
});

test('an SMS is shown with its segments, a push message with its characters', () => {
  expect(page).toMatch(/SMS, \d+ of GSM-7 in 1 segment</);
  expect(page).toMatch(/Push, title of \d+ characters, text of \d+</);
});

test('what a customer or a catalogue says is text', () => {
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('the page itself loads nothing', () => {
  expect(page).not.toMatch(/<(script|link|img)[^>]*\s(src|href)=/);
});

test('every page that messages lead to is listed, in both languages, with hostile data too', () => {
  const paths = pages.map(pagePath);

  expect(new Set(paths).size).toBe(pages.length);
  expect(paths.filter((path) => !page.includes(`href="${path}"`))).toEqual([]);
  expect(pages.filter(({ language }) => language === 'de')).toHaveLength(pages.length / 2);
  expect(pages.filter(({ page: { markup } }) => /<(img src=x|script)/.test(markup))).toEqual([]);
});
