import type { ShopConfig } from '#core/contracts/config.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { DraftRequest } from '#core/ports/content-drafter.ts';

/** How a shop speaks in a locale, as requests have it. */
export const voiceIn = (
  { voice }: Pick<ShopConfig, 'voice'>,
  locale: string,
): Pick<DraftRequest, 'tone' | 'bannedWords'> => {
  const language = languageOf(locale);
  return {
    tone: voice.tone[language] ?? '',
    bannedWords: voice.bannedWords[language] ?? [],
  };
};
