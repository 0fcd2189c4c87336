import { contentRefInWords } from '#core/domain/content/product-texts.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { visible } from '../catalogue/visible-text.ts';
import type { ContentSource } from './content-source.ts';
import { blockLines } from './review-in-words.ts';

/** The versions of texts that the messages of an order had, word for word, by message. */
export const pinnedTexts = async (
  { stored }: Pick<ContentSource, 'stored'>,
  touches: readonly TouchRecord[],
): Promise<string> => {
  const lines: string[] = [];
  for (const { shop, touchId, outcome } of touches) {
    const refs = outcome?.state === 'sent' ? (outcome.content ?? []) : [];
    for (const ref of refs) {
      const { texts } = await stored(ref.sku);
      const version = texts
        .find((of) => of.shop === shop && of.locale === ref.locale)
        ?.versions.find((each) => each.kind === ref.kind && each.version === ref.version);
      lines.push(
        visible(`  ${touchId}: ${contentRefInWords(ref)}`),
        ...(version === undefined
          ? ['    is not kept any more']
          : version.blocks.flatMap((block) => blockLines({ ...block, facts: [] }))),
      );
    }
  }
  return lines.length === 0 ? '  None of its messages had a text of a product.' : lines.join('\n');
};
