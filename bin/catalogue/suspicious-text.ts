import type { StatedItem } from './content-gaps.ts';
import { visible } from './visible-text.ts';

/** A text of the catalogue that reads like something else than a statement of a product. */
export interface SuspiciousText {
  readonly shop: string;
  readonly sku: string;
  /** `name`, `category` or the id of an attribute. */
  readonly id: string;
  readonly language?: string | undefined;
  readonly because: string;
  /** What looks so, shortened. */
  readonly excerpt: string;
}

/**
 * What is looked for. None of it can do harm by itself: a model gets a catalogue's texts as delimited data, and what
 * it writes is checked. But whoever keeps the catalogue wants to know.
 */
const signs: readonly (readonly [because: string, pattern: RegExp])[] = [
  [
    'an instruction to a model',
    /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous|prior)\b/i,
  ],
  [
    'an instruction to a model',
    /\b(?:ignorier\w*|missachte\w*|vergiss|vergessen sie)\b.{0,40}\b(?:anweisung\w*|regeln|vorherige\w*|bisherige\w*)/i,
  ],
  [
    'an instruction to a model',
    /\b(?:you are (?:now )?(?:an?|the)\b.{0,20}\b(?:assistant|model|ai)|system prompt|as an ai\b|language model|sprachmodell)\b/i,
  ],
  [
    'an instruction to a model',
    /\b(?:do not|don't|never|leave out|omit) (?:mention|repeat|include|show|tell)?.{0,20}\bwarnings?\b/i,
  ],
  [
    'a delimiter of prompts',
    /<\/?(?:system|user|assistant|facts?|instructions?)\b|\[\/?INST\]|<\|/i,
  ],
  ['markup', /<\/?[a-z][^>]*>|<!--|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\]\(/i],
  ['a link', /\b(?:https?:\/\/|www\.)\S/i],
  ['an e-mail address', /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  [
    'invisible characters',
    // Zero-width and direction marks, the BOM, and the tag characters that can hide ASCII.
    /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/u,
  ],
];

/** Texts of names, categories and attributes that look like instructions, markup or links, the worst first. */
export const suspiciousTexts = (items: readonly StatedItem[]): readonly SuspiciousText[] =>
  items.flatMap((item) => {
    const { shop, sku } = item;
    return textsOf(item).flatMap(({ id, language, text }) =>
      signsIn(text).map(([because, excerpt]) => ({ shop, sku, id, language, because, excerpt })),
    );
  });

interface Text {
  readonly id: string;
  readonly language?: string | undefined;
  readonly text: string;
}

const textsOf = ({ name, category, attributes = [] }: StatedItem): readonly Text[] => [
  { id: 'name', text: name },
  ...(category === undefined ? [] : [{ id: 'category', text: category }]),
  ...attributes.flatMap(({ id, text: byLanguage }) =>
    Object.entries(byLanguage).map(([language, text]) => ({ id, language, text })),
  ),
];

const AROUND = 60;

/** Each sign once. */
const signsIn = (text: string): readonly (readonly [string, string])[] => [
  ...new Map(
    signs.flatMap(([because, pattern]) => {
      const at = pattern.exec(text)?.index;
      return at === undefined ? [] : [[because, visible(text.slice(at, at + AROUND))] as const];
    }),
  ),
];
