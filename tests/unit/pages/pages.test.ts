import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrastOf } from '#core/domain/messages/contrast.ts';
import { markup } from '#core/domain/pages/html.ts';
import { colourPairs, noBrand, pageStyle } from '#core/domain/pages/page-style.ts';
import { pageAt } from '#core/domain/pages/shop-pages.ts';
import { answerIn } from '#core/domain/pages/survey-answer.ts';
import { previewPages } from '#lib/messages/preview/preview-pages.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('every text and control can be told from what it stands on, whatever the brand’s colours', () => {
  fc.assert(
    fc.property(colour, colour, (primary, onPrimary) => {
      const poor = colourPairs({ ...noBrand, primary, onPrimary }).filter(
        ({ text, background, least }) => contrastOf(text, background) < least,
      );

      expect(poor).toEqual([]);
    }),
  );
});

test('a style loads nothing, and has both light and dark colours', () => {
  const style = pageStyle(sampleShop.brand);

  expect(style).not.toMatch(/url\(|@import|expression|</);
  expect(style).toContain('prefers-color-scheme:dark');
});

test('a text in markup stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { text: written } = markup`<p title="${text}">${text}</p>`;

      expect(written.slice('<p title="'.length, -'</p>'.length)).not.toMatch(/<|"(?!>)|'/);
    }),
  );
});

test.each(previewPages().map((each) => [`${each.name}, ${each.language}, ${each.sample}`, each]))(
  '%s is whole: one heading, a language, a label for each field, nothing that runs',
  (_, { page: { markup: text }, language }) => {
    const fields = text.match(/<(input type="(checkbox|radio)"|textarea)/g) ?? [];
    const labels = text.match(/<label/g) ?? [];

    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toMatch(new RegExp(`<html lang="${language}`));
    expect(labels).toHaveLength(fields.length);
    expect(text).not.toMatch(/<script|\son\w+="|javascript:|undefined|\[object|style="/);
    expect(Buffer.byteLength(text)).toBeLessThan(16_000);
  },
);

test('a page of the shop is known by its place, not by its query', () => {
  expect(pageAt(sampleShop, 'https://www.hearth.example/review?sku=1#x')).toBe('review');
  expect(pageAt(sampleShop, sampleShop.orderStatusUrl)).toBe('order-status');
  expect(pageAt(sampleShop, 'https://www.hearth.example/review/more')).toBeUndefined();
  expect(pageAt(sampleShop, 'https://other.example/review')).toBeUndefined();
});

test('a comment of 2,000 characters fits, with line ends as browsers count them', () => {
  const of = (comment: string) => answerIn('csat', { score: '5', comment }).problem;

  expect(of(`${'x'.repeat(1998)}\r\ny`)).toBeUndefined();
  expect(of(`${'x'.repeat(1999)}\r\ny`)).toBe('tooLong');
});
