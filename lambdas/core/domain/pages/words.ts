import type { ConsentChannel } from '../customers/consent.ts';
import type { Survey } from '../orders/order-event.ts';
import { wordsDe } from './words-de.ts';
import { wordsEn } from './words-en.ts';

/** What can be wrong with a visit. */
export type ProblemKind =
  | 'refused'
  | 'expired'
  | 'gone'
  | 'no-such-page'
  | 'wrong-method'
  | 'too-large'
  | 'no-form'
  | 'wrong-target'
  | 'nobody'
  | 'failed';

export type AskedPurpose = 'service' | 'marketing';

export type AskedChannel = Exclude<ConsentChannel, 'inbox'>;

interface Wording {
  readonly title: string;
  readonly text: string;
}

/** Everything that our pages say, in one language. */
export interface Words {
  readonly problems: Readonly<Record<ProblemKind, Wording>>;
  readonly help: string;
  readonly privacy: string;
  readonly toPreferences: string;
  readonly unsubscribe: Wording & { readonly button: string };
  readonly unsubscribed: Wording;
  readonly preferences: {
    readonly title: string;
    readonly text: string;
    readonly button: string;
    readonly saved: string;
    readonly unchanged: string;
    readonly transactional: Wording;
    readonly purposes: Readonly<Record<AskedPurpose, Wording>>;
    readonly channels: Readonly<Record<AskedChannel, string>>;
    /** What goes with a channel that needs to be explained. */
    readonly aboutAudience: string;
  };
  readonly survey: {
    readonly question: Readonly<Record<Survey, (shop: string) => string>>;
    readonly about: (orderId: string) => string;
    readonly scale: Readonly<Record<Survey, string>>;
    readonly comment: string;
    readonly commentHint: string;
    readonly button: string;
    readonly noScore: string;
    readonly tooLong: string;
    readonly thanks: Wording;
  };
  readonly consent: (shop: string) => Wording & { readonly button: string };
  readonly confirmed: (shop: string) => Wording;
}

/** Languages that the pages are written in. */
export const pageLanguages = ['en', 'de'] as const;

export const wordsIn = (language: string): Words => (language === 'de' ? wordsDe : wordsEn);
