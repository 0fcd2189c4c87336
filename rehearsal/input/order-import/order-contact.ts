import * as z from 'zod';
import type { PlacedOrder } from '../order-life.ts';
import { countryOf } from './countries.ts';
import type { ImportField, ImportMap } from './import-map.ts';
import { firstValue } from './read-line.ts';
import type { Row } from './read-rows.ts';

/** Who gets an address of the reserved domain `customers.example` where the file has none. */
export type MadeUpEmails = 'customers' | 'customers-and-guests' | 'none';

/** What an order could do without and was left out or cut short. */
export type Note = 'unknown-country' | 'unreadable-email' | 'shortened-text' | 'names-left-out';

export interface ContactOptions {
  readonly map: ImportMap;
  readonly emails: MadeUpEmails;
}

/** Whose order it is and where it goes; what cannot be read of that is left out and noted. */
export const whoAndWhere = (
  rows: readonly Row[],
  orderId: string,
  { map, emails }: ContactOptions,
  notes: Set<Note>,
): Pick<PlacedOrder, 'contact' | 'shipTo'> => {
  const value = (field: ImportField, length: number): string =>
    shortened(firstValue(rows, map, field), length, notes);
  const customerId = value('customer', 128);
  const email =
    emailOf(firstValue(rows, map, 'email'), notes) ?? madeUp(emails, customerId, orderId);
  const contact = {
    ...said('customerId', customerId),
    ...said('email', email),
    ...said('phone', value('phone', 32)),
    ...said('name', value('customerName', 200)),
    ...said('locale', value('locale', 35)),
  };
  const country = value('country', 100);
  const code = countryOf(country);
  if (code === undefined) {
    if (country !== '') notes.add('unknown-country');
    return { contact };
  }
  // Shopify writes an apostrophe before a postcode so that a spreadsheet keeps its zeros.
  const postcode = value('postcode', 20).replace(/^'/, '');
  const shipTo = {
    country: code,
    ...said('city', value('city', 100)),
    ...said('postcode', postcode),
  };
  return { contact, shipTo };
};

export const shortened = (text: string, length: number, notes: Set<Note>): string => {
  if (text.length > length) notes.add('shortened-text');
  return text.slice(0, length);
};

const said = <Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } =>
  value === '' ? {} : ofKey(key, value);

const ofKey = <Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } => {
  const made: { [K in Key]?: string } = {};
  made[key] = value;
  return made;
};

const email = z.email().max(254);

const emailOf = (text: string, notes: Set<Note>): string | undefined => {
  if (text === '') return undefined;
  const parsed = email.safeParse(text);
  if (parsed.success) return parsed.data;
  notes.add('unreadable-email');
  return undefined;
};

const madeUp = (emails: MadeUpEmails, customerId: string, orderId: string): string => {
  if (emails === 'none') return '';
  if (customerId !== '') return `customer-${localPart(customerId)}@customers.example`;
  return emails === 'customers-and-guests' ? `guest-${localPart(orderId)}@customers.example` : '';
};

/** A local part takes 64 characters, of which `customer-` is nine. */
const localPart = (id: string): string =>
  id
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 48)
    .replace(/-$/, '') || 'x';
