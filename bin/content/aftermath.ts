import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import { liveVersion } from '#core/domain/content/product-texts.ts';
import { minuteOf } from './words.ts';
import type { StoredContents } from './stored-contents.ts';
import { subjectInWords } from './subjects.ts';

/** What a decision that is kept now has done, in words; `stored` is what is there after it. */
export const aftermath = (
  stored: StoredContents,
  review: ContentReviewed,
  isBorneOut: boolean,
): string => {
  const { shop, sku, subject, occurredAt } = review;
  const at = `${minuteOf(occurredAt)} UTC`;
  if (subject.type === 'fact') return factAftermath(review, at);
  const texts = stored.texts.find(
    (each) => each.shop === shop && each.sku === sku && each.locale === subject.locale,
  );
  const live = texts === undefined ? undefined : liveVersion(texts, subject.kind);
  const name = subjectInWords(review);
  switch (review.verdict) {
    case 'approve':
      return `${name}: approved. ${approvedIn(live, subject.version, isBorneOut)}`;
    case 'reject':
      return `${name}: rejected. ${inUse(live)}`;
    case 'retract':
      return `${name}: retracted. No message that is written after ${at} has it. None of its kind is in use any more: messages go without until a newer one is approved.`;
  }
};

type Live = ReturnType<typeof liveVersion>;

const approvedIn = (live: Live, version: number, isBorneOut: boolean): string => {
  if (live?.version !== version) return inUse(live);
  return isBorneOut
    ? 'Messages have it from now on.'
    : 'But its facts have changed since it was drafted, so no message has it: draft it again.';
};

const inUse = (live: Live): string =>
  live === undefined
    ? 'None of its kind is in use: messages go without.'
    : `v${live.version} stays in use.`;

const factAftermath = (review: ContentReviewed, at: string): string => {
  const name = subjectInWords(review);
  switch (review.verdict) {
    case 'approve':
      return `${name}: approved. Where nobody states it, it counts from now on.`;
    case 'reject':
      return `${name}: rejected. It does not count.`;
    case 'retract':
      return `${name}: retracted. It does not count after ${at}.`;
  }
};
