import { describe, expect, test } from 'vitest';
import type { ContentBlock } from '#core/domain/content/content.ts';
import type { LiveText } from '#core/domain/content/live-text.ts';
import { textViews } from '#core/domain/messages/text-views.ts';

const block = (style: ContentBlock['style'], text: string): ContentBlock => ({
  style,
  text,
  facts: ['use'],
});

const textOf = (kind: LiveText['kind'], ...blocks: readonly ContentBlock[]): LiveText => ({
  sku: 'HG-KNI',
  locale: 'en-GB',
  kind,
  version: 2,
  blocks,
});

const sharp = block('warning', 'The blade is sharp.');

describe('the texts of a product in a message', () => {
  test('are those of its SKU, with what the message pins', () => {
    const views = textViews([textOf('care', block('paragraph', 'Wash it by hand.'))], 'HG-KNI');

    expect(views).toEqual([
      {
        kind: 'care',
        blocks: [{ style: 'paragraph', text: 'Wash it by hand.' }],
        ref: { sku: 'HG-KNI', locale: 'en-GB', kind: 'care', version: 2 },
      },
    ]);
    expect(textViews([textOf('care', sharp)], 'HG-PAN')).toEqual([]);
  });

  test('say a warning once, and another one too', () => {
    const rusts = block('warning', 'It rusts in the dishwasher.');

    const views = textViews([textOf('usage-guide', sharp), textOf('care', sharp, rusts)], 'HG-KNI');

    expect(views.map(({ blocks }) => blocks.map(({ text }) => text))).toEqual([
      ['The blade is sharp.'],
      ['It rusts in the dishwasher.'],
    ]);
  });

  test('have nothing in them that could turn the text after them', () => {
    const [view] = textViews(
      [textOf('care', block('paragraph', 'Wash\u202E it\nby hand.'))],
      'HG-KNI',
    );

    expect(view?.blocks).toEqual([{ style: 'paragraph', text: 'Wash it by hand.' }]);
  });
});
