import { domainToASCII } from 'node:url';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
import type { AddressReader } from '../ports/address-reader.ts';

/** Two names of one service. */
const gmail: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * Gmail delivers whatever dots the local part has (support.google.com/mail/answer/7436150) and whatever follows a
 * `+`. That is this service's own rule: elsewhere `a.b` and `ab` may be two people, so nothing else is left out.
 */
const gmailName = (local: string): string => local.replace(/\+.*$/, '').replaceAll('.', '');

const email = (written: string): string | undefined => {
  const text = written.trim().normalize('NFKC').toLowerCase();
  const at = text.lastIndexOf('@');
  const domain = domainToASCII(text.slice(at + 1)).replace(/\.$/, '');
  if (at < 1 || domain === '') return undefined;
  const local = text.slice(0, at);
  return gmail.has(domain) ? `${gmailName(local)}@gmail.com` : `${local}@${domain}`;
};

/**
 * The metadata of mobile numbers tells them from landlines, which take no SMS, and the countries' numbers apart; the
 * smallest metadata checks lengths only. It makes a bundle 133 kB longer where the smallest makes it 118.
 */
const mobile = (written: string, countries: readonly string[]): string | undefined => {
  const defaults = countries.filter((country) => isSupportedCountry(country));
  for (const defaultCountry of defaults.length === 0 ? [undefined] : defaults) {
    const number = parsePhoneNumberFromString(written, {
      ...(defaultCountry === undefined ? {} : { defaultCountry }),
      extract: false,
    });
    if (number?.isValid() === true && number.ext === undefined) return number.number;
  }
  return undefined;
};

export const writtenAddresses: AddressReader = { email, mobile };
