import type { AnyFact, FactName, FactRow } from '#core/contracts/facts.ts';

/** A row that names its customers by their ids yet. */
export type FactDraft = {
  readonly [Name in FactName]: {
    readonly fact: Name;
    readonly row: Omit<FactRow<Name>, 'customer' | 'merged_into'>;
    readonly customerId?: string | undefined;
    /** Of a merge: whom the customer turned out to be. */
    readonly into?: string | undefined;
  };
}[FactName];

/** The row as the lake takes it. */
export const namedFact = (
  { fact, row, customerId, into }: FactDraft,
  names: ReadonlyMap<string, string>,
): AnyFact => {
  const customer = customerId === undefined ? undefined : names.get(customerId);
  const mergedInto = into === undefined ? undefined : names.get(into);
  return {
    fact,
    row: {
      ...row,
      ...(customer === undefined ? {} : { customer }),
      ...(mergedInto === undefined
        ? {}
        : { merged_into: mergedInto, fact_id: mergeId(row.shop, customer, mergedInto) }),
    },
  };
};

/** The event is named for the customers, whom nothing in the lake may tell. */
const mergeId = (shop: string, customer: string | undefined, mergedInto: string): string =>
  `${shop}/customers-merged/${customer}/${mergedInto}`;
