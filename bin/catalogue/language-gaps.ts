import type { AfterglowConfig } from '#core/contracts/config.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { StatedItem } from './content-gaps.ts';

/** A statement that readers of one of the shop's languages cannot be told. */
export interface LanguageGap {
  readonly shop: string;
  readonly sku: string;
  /** Of the attribute. */
  readonly id: string;
  /** Without it no text that has to repeat warnings can be written in the language. */
  readonly isWarning: boolean;
  readonly missing: readonly string[];
}

/** Attributes that are not stated in every language of their shop's locales; warnings first. */
export const languageGaps = (
  items: readonly StatedItem[],
  { shops }: AfterglowConfig,
): readonly LanguageGap[] =>
  items
    .flatMap(({ shop, sku, attributes = [] }) => {
      const languages = [...new Set((shops[shop]?.locales ?? []).map(languageOf))];
      return attributes.map(({ id, type, text }) => ({
        shop,
        sku,
        id,
        isWarning: type === 'warning',
        missing: languages.filter((language) => !Object.hasOwn(text, language)),
      }));
    })
    .filter(({ missing }) => missing.length > 0)
    .toSorted((a, b) => Number(b.isWarning) - Number(a.isWarning));
