import type { ContentKind } from '#core/domain/content/content.ts';

/** The languages that texts are composed in. */
export const composedLanguages = ['en', 'de'] as const;

export type ComposedLanguage = (typeof composedLanguages)[number];

/** `{}` is the product's name, or a fact that is no sentence. */
interface Frames {
  /** How a text may begin. */
  readonly openings: Readonly<Record<ContentKind, readonly string[]>>;
  /** By type of fact; one without frames is quoted as it is. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
}

export const framesOf: Readonly<Record<ComposedLanguage, Frames>> = {
  en: {
    openings: {
      'usage-guide': ['How to use {}.', '{}: how to use it.'],
      care: ['How to care for {}.', '{}: how to care for it.'],
      troubleshooting: ['What to do if something is wrong with {}.', '{}: what to do if it stops.'],
      pairing: ['What goes with {}.', '{} and what goes with it.'],
      upsell: ['More about {}.', 'A closer look at {}.'],
    },
    facts: {
      material: ['Material: {}', 'What it is made of: {}'],
      dimensions: ['Dimensions: {}', 'Size: {}'],
      weight: ['Weight: {}'],
      capacity: ['Capacity: {}', 'What it holds: {}'],
      power: ['Power: {}'],
      temperature: ['Temperature: {}'],
      contents: ['In the box: {}', 'What comes with it: {}'],
      compatibility: ['Compatibility: {}'],
      storage: ['Storage: {}'],
      'pairs-with': ['It goes with {}', 'Goes with it: {}'],
      allergens: ['Allergens: {}'],
    },
  },
  de: {
    openings: {
      'usage-guide': ['So benutzen Sie {}.', '{}: so geht es.'],
      care: ['So pflegen Sie {}.', '{}: zur Pflege.'],
      troubleshooting: [
        'Was zu tun ist, wenn mit {} etwas ist.',
        '{}: was zu tun ist, wenn es klemmt.',
      ],
      pairing: ['Was zu {} passt.', '{} und was dazu passt.'],
      upsell: ['Mehr über {}.', '{} genauer betrachtet.'],
    },
    facts: {
      material: ['Material: {}', 'Woraus es ist: {}'],
      dimensions: ['Maße: {}', 'Größe: {}'],
      weight: ['Gewicht: {}'],
      capacity: ['Inhalt: {}', 'Was hineingeht: {}'],
      power: ['Leistung: {}'],
      temperature: ['Temperatur: {}'],
      contents: ['Im Karton: {}', 'Was dabei ist: {}'],
      compatibility: ['Verträgt sich mit: {}'],
      storage: ['Aufbewahrung: {}'],
      'pairs-with': ['Dazu passt: {}', 'Es passt zu: {}'],
      allergens: ['Allergene: {}'],
    },
  },
};

/** A fact that ends like a sentence, or is as long as one, needs no frame. */
const SENTENCE = /[.!?]["”“’)]?$/;

const WORDS_OF_A_SENTENCE = 6;

/** A fact as a sentence, word for word. */
export const sentenceOf = (
  fact: { readonly type: string; readonly text: string },
  language: ComposedLanguage,
  draw: () => number,
): string => {
  const text = fact.text.trim();
  const isSentence = SENTENCE.test(text) || text.split(/\s+/).length >= WORDS_OF_A_SENTENCE;
  const frames = isSentence ? [] : (framesOf[language].facts[fact.type] ?? []);
  const whole = (pick(frames, draw) ?? '{}').replace('{}', () => text);
  return SENTENCE.test(whole) ? whole : `${whole}.`;
};

/** One of several, by a draw; none of none. */
export const pick = <Value>(values: readonly Value[], draw: () => number): Value | undefined =>
  values[Math.floor(draw() * values.length)];
