import { type IncomingEvent, parseEvent } from '#core/contracts/parse-event.ts';
import type { AnyFact } from '#core/contracts/facts.ts';
import { AFTERGLOW_SOURCE } from '#core/contracts/outgoing-events.ts';
import type { PageEvent } from '#core/domain/orders/page-event.ts';
import type { FactStreams } from '#core/ports/fact-streams.ts';
import type { Pseudonyms } from '#core/ports/pseudonyms.ts';
import { pageTypes } from './contract.ts';
import { type FactDraft, namedFact } from './fact-draft.ts';
import { ownFacts } from './own-facts.ts';
import { pageFacts } from './page-facts.ts';

export interface RecordFactsDeps {
  readonly pseudonyms: Pseudonyms;
  readonly streams: FactStreams;
  readonly shops: readonly string[];
}

/** A message of the bus, as its text. */
export interface BusMessage {
  readonly id: string;
  readonly body: string;
}

/** What became of a batch. A message that failed is to come again. */
export interface Recorded {
  readonly rows: number;
  readonly failed: readonly { readonly id: string; readonly because: string }[];
}

/**
 * Turns messages of the bus into rows of the lake, in which customers have pseudonyms: all of a batch by a few calls.
 * What is no fact of the lake, or what ingest parks, makes no rows. Rows that came before come again with the same
 * `fact_id`.
 *
 * @throws when the streams or the pseudonyms do not answer: nothing of the batch counts as recorded
 */
export const recordFacts =
  (deps: RecordFactsDeps) =>
  async (messages: readonly BusMessage[]): Promise<Recorded> => {
    const results = messages.map((message) => drafted(deps, message));
    const drafts = results.flatMap((result) => ('drafts' in result ? result.drafts : []));
    const facts = await named(deps, drafts);
    if (facts.length > 0) await deps.streams.put(facts);
    return {
      rows: facts.length,
      failed: results.flatMap((result) => ('because' in result ? result : [])),
    };
  };

type Drafted =
  { readonly drafts: readonly FactDraft[] } | { readonly id: string; readonly because: string };

const drafted = ({ shops }: RecordFactsDeps, { id, body }: BusMessage): Drafted => {
  try {
    const { source, 'detail-type': type, detail } = Object(JSON.parse(body));
    if (source === AFTERGLOW_SOURCE) return { drafts: ownFacts(type, detail) };
    const parsed = parseEvent(body, shops);
    return { drafts: parsed.ok && isPageEvent(parsed.event) ? pageFacts(parsed.event) : [] };
  } catch (error) {
    return { id, because: error instanceof Error ? error.message : String(error) };
  }
};

const named = async (
  { pseudonyms }: RecordFactsDeps,
  drafts: readonly FactDraft[],
): Promise<readonly AnyFact[]> => {
  const facts: AnyFact[] = [];
  for (const [shop, ofShop] of Map.groupBy(drafts, ({ row }) => row.shop)) {
    const ids = ofShop.flatMap(({ customerId, into }) => [customerId, into]);
    const known = ids.filter((id) => id !== undefined);
    const names = known.length === 0 ? new Map<string, string>() : await pseudonyms.of(shop, known);
    facts.push(...ofShop.map((draft) => namedFact(draft, names)));
  }
  return facts;
};

const isPageEvent = (event: IncomingEvent): event is PageEvent =>
  pageTypes.some((type) => type === event.type);
