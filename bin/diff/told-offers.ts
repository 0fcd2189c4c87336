import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND_MS } from '#rehearsal/input/duration.ts';
import { readOfferFiles } from '#rehearsal/input/offer-files.ts';
import { type TimedEvent, told } from '#rehearsal/input/timed-event.ts';

/**
 * What the shops of a version tell of their offers, one a second from then on, by its own files.
 *
 * @throws {InvalidOffers} naming every mistake
 */
export const toldOffers = async (root: string, startMs: number): Promise<readonly TimedEvent[]> => {
  const folder = join(root, 'offers');
  if (!existsSync(folder)) return [];
  const files = await readOfferFiles(folder);
  return files
    .flatMap(({ shop, offers }) => offers.map((offer) => ({ shop, offer })))
    .map(({ shop, offer }, at) =>
      told(
        'OfferUpdated',
        { shop, eventId: `offer/${offer.offerId}/1`, occurredAtMs: startMs + at * SECOND_MS },
        { offer },
      ),
    );
};
