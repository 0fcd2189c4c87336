import type { WrittenEntry } from './notebook.ts';

/** An order as a page calls it. */
export interface OrderName {
  readonly name: string;
  readonly line: number;
}

/** The name of the order that an event or a touch is about. */
export const orderNameIn = (entries: readonly WrittenEntry[]): OrderName | undefined => {
  const order = entries.find(({ key }) => key === 'order');
  return order?.value.kind === 'text' ? { name: order.value.text, line: order.line } : undefined;
};
