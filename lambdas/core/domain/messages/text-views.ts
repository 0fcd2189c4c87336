import type { ContentBlock, ContentKind } from '../content/content.ts';
import type { LiveText } from '../content/live-text.ts';
import { type ContentRef, contentRefInWords } from '../content/product-texts.ts';
import type { MessageContext } from './message-context.ts';
import { plainText } from './names.ts';

/** A text of a product, as a message shows it. */
export interface TextView {
  readonly kind: ContentKind;
  readonly blocks: readonly Pick<ContentBlock, 'style' | 'text'>[];
  /** What the message pins; nothing to be shown. */
  readonly ref: ContentRef;
}

/**
 * The texts of one product, in the order in which their kinds are told. A warning that two of them have in the same
 * words is said once.
 */
export const textViews = (texts: readonly LiveText[], sku: string): readonly TextView[] => {
  const said = new Set<string>();
  const isNew = ({ style, text }: ContentBlock): boolean => style !== 'warning' || !said.has(text);
  return texts
    .filter((each) => each.sku === sku)
    .map(({ kind, blocks, locale, version }) => {
      const shown = blocks.filter(isNew);
      for (const { style, text } of blocks) if (style === 'warning') said.add(text);
      return {
        kind,
        blocks: shown.map(({ style, text }) => ({ style, text: plainText(text) })),
        ref: { sku, locale, kind, version },
      };
    });
};

/** The versions that a message shows, each once. */
export const textsShown = ({
  told,
  offers,
}: Pick<MessageContext, 'told' | 'offers'>): readonly ContentRef[] => {
  const refs = [...told.lines, ...offers].flatMap(({ texts }) => texts.map(({ ref }) => ref));
  return [...new Map(refs.map((ref) => [contentRefInWords(ref), ref])).values()];
};
