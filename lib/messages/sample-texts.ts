import type { Product } from '#core/domain/catalogue/product.ts';
import type { ContentBlock, ContentKind } from '#core/domain/content/content.ts';
import type { LiveText } from '#core/domain/content/live-text.ts';

const block = (style: ContentBlock['style'], text: string): ContentBlock => ({
  style,
  text,
  facts: ['use'],
});

/** A text of each kind and language, as drafts are written; a German one is longer. */
const samples: Readonly<Record<ContentKind, Readonly<Record<string, readonly ContentBlock[]>>>> = {
  'usage-guide': {
    en: [
      block('paragraph', 'The mill grinds wheat, rye and spelt between two stones of 80 mm.'),
      block('step', 'Set the dial to fine for bread flour, to coarse for a porridge.'),
      block('step', 'Fill in at most 500 g of dry grain, then switch the mill on.'),
      block('warning', 'Never reach into the hopper while the mill is running.'),
    ],
    de: [
      block(
        'paragraph',
        'Die Mühle mahlt Weizen, Roggen und Dinkel zwischen zwei Steinen von 80 mm.',
      ),
      block('step', 'Stellen Sie das Rad für Brotmehl auf fein, für einen Brei auf grob.'),
      block('step', 'Füllen Sie höchstens 500 g trockenes Korn ein und schalten Sie dann ein.'),
      block('warning', 'Greifen Sie nie in den Trichter, während die Mühle läuft.'),
    ],
  },
  care: {
    en: [block('paragraph', 'Brush the stones dry after each use & keep the lid on <in between>.')],
    de: [
      block(
        'paragraph',
        'Bürsten Sie die Steine nach jedem Mahlen trocken ab & decken Sie sie <danach> zu.',
      ),
    ],
  },
  troubleshooting: {
    en: [block('paragraph', 'If the mill stops, switch it off and let it cool for 20 minutes.')],
    de: [
      block(
        'paragraph',
        'Bleibt die Mühle stehen, schalten Sie sie aus und lassen Sie sie 20 Minuten abkühlen.',
      ),
    ],
  },
  pairing: {
    en: [block('paragraph', 'It goes with the proving basket and the baking tin.')],
    de: [block('paragraph', 'Dazu passen das Gärkörbchen und die Backform.')],
  },
  upsell: {
    en: [block('paragraph', 'Two stones of 120 mm grind 300 g a minute.')],
    de: [block('paragraph', 'Zwei Steine von 120 mm mahlen 300 g in der Minute.')],
  },
};

/** Of some products what the kinds ask for: a message has to look right with and without. */
export const sampleTexts = (
  products: readonly Product[],
  kinds: readonly ContentKind[],
  { language, locale }: { readonly language: string; readonly locale: string },
): readonly LiveText[] =>
  products
    .filter(({ sku }) => /mill|apron|basket/.test(sku))
    .flatMap(({ sku }) =>
      kinds.map((kind) => ({
        sku,
        locale,
        kind,
        version: 1,
        blocks: samples[kind][language] ?? [],
      })),
    );
