import { itemsOf, type Note, quoted, type Written, type WrittenEntry } from './notebook.ts';

/** What is so before the first event, as it is written. */
export interface Given {
  readonly customer: readonly WrittenEntry[];
  /** Absent for a guest. */
  readonly customerId: string | undefined;
  /** `marketing by email` */
  readonly consents: readonly Written[];
  /** `Android`: devices that have the shop's app. */
  readonly apps: readonly Written[];
  readonly products: readonly GivenProduct[];
}

export interface GivenProduct {
  readonly sku: string;
  readonly line: number;
  readonly entries: readonly WrittenEntry[];
}

export const readGiven = (
  customer: Written | undefined,
  catalogue: Written | undefined,
  note: Note,
): Given => {
  const fields = fieldsOf(customer, 'customer', note);
  const itemsUnder = (heading: string): readonly Written[] =>
    fields.filter(({ key }) => key === heading).flatMap(({ value }) => itemsOf(value));
  return {
    customer: fields.filter(({ key }) => key !== 'consents' && key !== 'app'),
    customerId: textIn(fields, 'id'),
    consents: itemsUnder('consents'),
    apps: itemsUnder('app'),
    products: (catalogue === undefined ? [] : itemsOf(catalogue)).map((item) => ({
      entries: fieldsOf(item, 'catalogue', note),
      line: item.line,
      sku:
        textIn(
          fieldsOf(item, 'catalogue', () => undefined),
          'sku',
        ) ?? '',
    })),
  };
};

const fieldsOf = (
  value: Written | undefined,
  heading: string,
  note: Note,
): readonly WrittenEntry[] => {
  if (value === undefined) return [];
  if (value.kind === 'map') return value.entries;
  note(value.line, `${heading}: got ${quoted(value)}, expected fields such as { name: … }`);
  return [];
};

const textIn = (entries: readonly WrittenEntry[], key: string): string | undefined => {
  const found = entries.find((entry) => entry.key === key)?.value;
  return found?.kind === 'text' ? found.text : undefined;
};
