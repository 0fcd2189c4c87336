import { shortened } from './catalogue-product.ts';

type ReadFact = { readonly value: unknown } | { readonly problem: string };

const numbers = new Set(['daysOfSupply', 'returnableDays', 'warrantyMonths']);
const booleans = new Set(['reportsUse', 'subscribable']);

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/**
 * A fact that journeys are chosen by, from its text: numbers have a decimal point, what is either so or not
 * is `true` or `false`, and `pairsWith` lists SKUs.
 */
export const readFact = (name: string, text: string, listSeparator: string): ReadFact => {
  if (numbers.has(name))
    return /^\d+(\.\d+)?$/.test(text)
      ? { value: Number(text) }
      : { problem: `facts.${name}: got ${shortened(text)}, expected a number such as 30` };
  if (booleans.has(name)) {
    const value = truths.get(text.toLowerCase());
    return value === undefined
      ? { problem: `facts.${name}: got ${shortened(text)}, expected true or false` }
      : { value };
  }
  if (name !== 'pairsWith') return { value: text };
  const skus = text.split(listSeparator).map((sku) => sku.trim());
  return { value: skus.filter((sku) => sku !== '') };
};
