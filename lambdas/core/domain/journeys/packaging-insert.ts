import { wantedOf } from '../orders/order.ts';
import type { JourneyProfile } from './classification.ts';

/**
 * The lines that a card in the parcel tells of: of a first order, or of something that needs a guide
 * and is new to the customer. None: no card.
 */
export const insertLines = ({ lines, tenure }: JourneyProfile): readonly string[] => {
  const packed = lines.filter(({ line }) => line.kind === 'physical' && wantedOf(line) > 0);
  const needsGuide = packed.some(
    ({ productClass, isKnownToCustomer }) => productClass === 'complex' && !isKnownToCustomer,
  );
  return tenure === 'first' || needsGuide ? packed.map(({ line }) => line.lineId) : [];
};
