import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import {
  contentRefInWords,
  type ReviewDecision,
  stateOf,
  withDecision,
} from '#core/domain/content/product-texts.ts';
import { approvedFacts, withProposalDecision } from '#core/domain/content/proposals.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import type { Ingested } from './ingest-event.ts';

export interface ReviewContentDeps {
  readonly contents: Pick<ProductContents, 'read' | 'write' | 'readProposals' | 'writeProposals'>;
  readonly catalogue: Pick<Catalogue, 'approve'>;
  readonly publisher: EventPublisher;
}

/** Keeps what a person decided, and tells of it; decisions may come in any order. */
export const reviewContent = async (
  deps: ReviewContentDeps,
  event: ContentReviewed,
): Promise<Ingested> => {
  const refusal =
    event.subject.type === 'text'
      ? await decideText(deps, event, event.subject)
      : await decideFact(deps, event, event.subject);
  if (refusal !== undefined) return refusal;
  await deps.publisher.publish([
    {
      type: 'ContentDecided',
      detail: {
        eventId: `content-decided/${event.eventId}`,
        occurredAt: event.occurredAt,
        schemaVersion: SCHEMA_VERSION,
        shop: event.shop,
        sku: event.sku,
        subject: subjectInWords(event),
        verdict: event.verdict,
        by: event.reviewer,
        reason: event.reason,
      },
    },
  ]);
  return { kind: 'applied', event };
};

const subjectInWords = ({ sku, subject }: ContentReviewed): string =>
  subject.type === 'text' ? contentRefInWords({ sku, ...subject }) : `${sku} ${subject.fact}`;

const decisionOf = ({
  verdict,
  reviewer: by,
  occurredAt: at,
  reason,
  eventId,
}: ContentReviewed): ReviewDecision => ({ verdict, by, at, reason, eventId });

type TextSubject = Extract<ContentReviewed['subject'], { readonly type: 'text' }>;

const decideText = (
  { contents }: ReviewContentDeps,
  event: ContentReviewed,
  subject: TextSubject,
): Promise<Ingested | undefined> =>
  settled(async () => {
    const { shop, sku } = event;
    const texts = await contents.read({ shop, sku, locale: subject.locale });
    const version = texts.versions.find(
      (each) => each.kind === subject.kind && each.version === subject.version,
    );
    if (version === undefined) return unknown(event);
    if (event.verdict === 'approve' && stateOf(version) === 'refused')
      return parked(
        'content-state',
        `${subjectInWords(event)} broke ${version.violations.map(({ rule }) => rule).join(', ')}: a text that breaks a rule is never approved; correct the catalogue's facts and draft again`,
      );
    const decided = withDecision(texts, subject, decisionOf(event));
    return decided === texts || (await contents.write(decided)) ? 'done' : undefined;
  });

const decideFact = (
  { contents, catalogue }: ReviewContentDeps,
  event: ContentReviewed,
  { fact, value }: Extract<ContentReviewed['subject'], { readonly type: 'fact' }>,
): Promise<Ingested | undefined> =>
  settled(async () => {
    const { shop, sku } = event;
    const proposals = await contents.readProposals(shop, sku);
    const proposed = proposals.facts.find((each) => each.fact === fact);
    if (proposed === undefined) return unknown(event);
    if (proposed.value !== value)
      return parked(
        'content-state',
        `got ${event.verdict} of ${subjectInWords(event)} = ${value}, but ${proposed.value} is proposed by now: look at it again`,
      );
    const decided = withProposalDecision(proposals, fact, decisionOf(event));
    if (decided !== proposals && !(await contents.writeProposals(decided))) return undefined;
    await catalogue.approve(shop, sku, approvedFacts(decided));
    return 'done';
  });

/** Tried until nobody writes in between. */
const settled = async (
  attempt: () => Promise<Ingested | 'done' | undefined>,
): Promise<Ingested | undefined> => {
  const result = await retryOnConflict(attempt);
  return result === 'done' ? undefined : result;
};

const unknown = (event: ContentReviewed): Ingested =>
  parked(
    'unknown-content',
    `got ${event.verdict} of ${subjectInWords(event)} of ${event.shop}, which is not there: name one that \`npm run content -- review\` lists`,
  );

const parked = (reason: 'unknown-content' | 'content-state', problem: string): Ingested => ({
  kind: 'parked',
  reason,
  problem,
});
