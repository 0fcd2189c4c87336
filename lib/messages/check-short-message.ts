import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import { smsLength } from '#core/domain/messages/sms-length.ts';
import type { RenderedPush } from '#core/ports/message-renderer.ts';
import { leftoverCheck, linkChecks, linksIn } from './check-email.ts';
import type { Problem } from './message-source.ts';

interface LookingFor {
  readonly file: string;
  readonly shop: ShopIdentity;
  /** Whether it is about an order like most: lengths are judged by those. */
  readonly isPlain: boolean;
}

/** Three segments: 459 characters of GSM-7, or 201 of UCS-2. Longer texts are e-mails. */
const mostSegments = 3;

/** What lock screens show of a notification: iOS cuts its body at about 178 characters, Android its title at 65. */
export const mostPushCharacters = { title: 65, text: 178 } as const;

export const smsProblems = (lookingFor: LookingFor, text: string): readonly Problem[] => {
  const { encoding, units, segments } = smsLength(text);
  const isLong = lookingFor.isPlain && segments > mostSegments;
  return [
    ...textProblems(lookingFor, text),
    ...(isLong
      ? problem(
          lookingFor,
          `takes ${segments} segments (${units} units of ${encoding}), allowed are ${mostSegments}`,
        )
      : []),
  ];
};

export const pushProblems = (
  lookingFor: LookingFor,
  { title, text }: RenderedPush,
): readonly Problem[] => [
  ...textProblems(lookingFor, title),
  ...textProblems(lookingFor, text),
  ...tooLong(lookingFor, 'title', title),
  ...tooLong(lookingFor, 'text', text),
];

export const insertProblems = (lookingFor: LookingFor, text: string): readonly Problem[] =>
  textProblems(lookingFor, text);

const tooLong = (
  lookingFor: LookingFor,
  part: keyof typeof mostPushCharacters,
  text: string,
): readonly Problem[] => {
  const length = Array.from(text).length;
  const most = mostPushCharacters[part];
  return lookingFor.isPlain && length > most
    ? problem(lookingFor, `has a ${part} of ${length} characters, allowed are ${most}`)
    : [];
};

const textProblems = (lookingFor: LookingFor, text: string): readonly Problem[] =>
  [
    [text.trim() === '', 'has an empty part: the first line of a push is its title'] as const,
    leftoverCheck(text),
    ...linkChecks(lookingFor.shop, linksIn(text)),
  ].flatMap(([isWrong, what]) => (isWrong ? problem(lookingFor, what) : []));

const problem = ({ file }: LookingFor, what: string): readonly Problem[] => [{ file, what }];
