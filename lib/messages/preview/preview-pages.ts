import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import { localeFor } from '#core/domain/messages/locales.ts';
import type { Page } from '#core/domain/pages/page.ts';
import {
  confirmedPage,
  consentPage,
  type OpenedFrame,
  preferencesPage,
  problemPage,
  surveyPage,
  thanksPage,
  unsubscribedPage,
  unsubscribePage,
} from '#core/domain/pages/pages.ts';
import { type Choice, choicesOf } from '#core/domain/pages/preferences.ts';
import { pageLanguages, wordsIn } from '#core/domain/pages/words.ts';
import config from '#config';
import { sampleShop } from '../sample-shop.ts';

/** One of the pages that messages lead to, with sample data. */
export interface PreviewPage {
  readonly name: string;
  readonly language: string;
  readonly sample: 'plain' | 'hostile';
  readonly page: Page;
}

const hostile =
  '"><img src=x onerror=alert(1)> \u202Egnp.exe\u202C </textarea><script>alert(1)</script> & قدر';

const samples = {
  plain: { shop: sampleShop, orderId: '100482', comment: '' },
  hostile: {
    shop: {
      ...sampleShop,
      name: hostile,
      brand: { ...sampleShop.brand, primary: '#f2e205', onPrimary: '#ffffff' },
      legal: { entity: hostile, address: [hostile, 'x'.repeat(120)] },
    },
    orderId: hostile.repeat(3),
    comment: hostile,
  },
} as const satisfies Record<string, { shop: ShopIdentity; orderId: string; comment: string }>;

/** Every page in every language, with sample and with hostile data. */
export const previewPages = (): readonly PreviewPage[] =>
  pageLanguages.flatMap((language) =>
    (['plain', 'hostile'] as const).flatMap((sample) =>
      Object.entries(pagesIn(language, sample)).map(([name, page]) => ({
        name,
        language,
        sample,
        page,
      })),
    ),
  );

const pagesIn = (language: string, sample: PreviewPage['sample']) => {
  const { shop, orderId, comment } = samples[sample];
  const locale = localeFor(language, shop.locales);
  const frame: OpenedFrame = {
    shop,
    locale,
    words: wordsIn(language),
    token: 'header.claims.sign',
  };
  const asked = { survey: 'csat', orderId, score: 4, comment } as const;
  return {
    unsubscribe: unsubscribePage(frame),
    unsubscribed: unsubscribedPage(frame),
    preferences: preferencesPage(frame, choices),
    'preferences saved': preferencesPage(frame, choices, 'saved'),
    'survey csat': surveyPage(frame, asked),
    'survey nps': surveyPage(frame, {
      ...asked,
      survey: 'nps',
      score: undefined,
      problem: 'noScore',
    }),
    'survey answered': thanksPage(frame),
    consent: consentPage(frame),
    'consent confirmed': confirmedPage(frame),
    'link expired': problemPage(frame, 'expired'),
    'link refused, shop unknown': problemPage({ ...frame, shop: undefined }, 'refused'),
  } satisfies Readonly<Record<string, Page>>;
};

const choices: readonly Choice[] = choicesOf({
  customer: undefined,
  policy: config.policy,
  regions: [],
  legalEntity: sampleShop.legal.entity,
});

/** Where a page is, beside the index. */
export const pagePath = ({ name, language, sample }: PreviewPage): string =>
  `pages/${name.replaceAll(/\W+/g, '-')}-${language}-${sample}.html`;
