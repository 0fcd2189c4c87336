import ipaddr from 'ipaddr.js';
import { InvalidEventPattern } from './invalid-event-pattern.ts';

/** Addresses as upper-case hex digits, 8 of them for IPv4 and 32 for IPv6: the form event-ruler's CIDR.java compares. */
export type AddressRange = { readonly bottom: string; readonly top: string };

/** The shapes event-ruler takes for addresses. They leave out zone ids and dotted IPv6, as there. */
const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

/** The address as hex digits, or undefined when the text is none. */
export const addressDigits = (text: string): string | undefined => {
  if (IPV4.test(text)) return ipv4Digits(text);
  if (IPV6.test(text) && ipaddr.IPv6.isValid(text)) return ipv6Digits(text);
  return undefined;
};

/** Octets are decimal even with leading zeros, as Java reads them; its longest literal has 15 characters. */
const ipv4Digits = (text: string): string | undefined => {
  const octets = text.split('.').map(Number);
  if (text.length > 15 || octets.some((octet) => octet > 255)) return undefined;
  return hex(octets);
};

/** Java hands out an IPv4-mapped address (::ffff:a00:1) as the IPv4 address it maps. */
const ipv6Digits = (text: string): string => {
  const address = ipaddr.IPv6.parse(text);
  const bytes = address.toByteArray();
  return hex(address.isIPv4MappedAddress() ? bytes.slice(12) : bytes);
};

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');

/** The addresses of a CIDR block; throws InvalidEventPattern. Host bits are masked away. */
export const cidrRange = (cidr: string): AddressRange => {
  const [address = '', maskText = '', ...rest] = cidr.replace(/\/+$/, '').split('/');
  if (maskText === '' || rest.length > 0)
    throw new InvalidEventPattern("Malformed CIDR, one '/' required");
  const maskBits = /^[+-]?\d+$/.test(maskText) ? Number(maskText) : NaN;
  // Integer.parseInt holds 32 bits.
  if (Number.isNaN(maskBits) || maskBits > 2 ** 31 - 1 || maskBits < -(2 ** 31)) {
    throw new InvalidEventPattern('Malformed CIDR, mask bits must be an integer');
  }
  if (maskBits < 0) throw new InvalidEventPattern('Malformed CIDR, mask bits must not be negative');
  return maskedRange(blockDigits(address), maskBits);
};

const blockDigits = (address: string): string => {
  const digits = addressDigits(address);
  if (digits !== undefined) return digits;
  const looksLikeOne = IPV4.test(address) || IPV6.test(address);
  throw new InvalidEventPattern(
    `${looksLikeOne ? 'Invalid' : 'Nonstandard'} IP address: ${address}`,
  );
};

const maskedRange = (digits: string, maskBits: number): AddressRange => {
  const width = digits.length * 4;
  if (maskBits >= width) {
    throw new InvalidEventPattern(`${width === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${width}`);
  }
  const hostMask = (1n << BigInt(width - maskBits)) - 1n;
  const address = BigInt(`0x${digits}`);
  const write = (value: bigint) => value.toString(16).toUpperCase().padStart(digits.length, '0');
  return { bottom: write(address & ~hostMask), top: write(address | hostMask) };
};

/**
 * Whether the address lies in the range. event-ruler walks both digit by digit and stops as soon as the answer is
 * settled, so an IPv6 address is judged against an IPv4 block by its first 32 bits, and an IPv4 address is in an
 * IPv6 block when its digits settle that they lie strictly inside.
 */
export const isInAddressRange = (
  digits: string | undefined,
  { bottom, top }: AddressRange,
): boolean => {
  if (digits === undefined) return false;
  if (digits.length >= bottom.length) {
    const head = digits.slice(0, bottom.length);
    return bottom <= head && head <= top;
  }
  return bottom.slice(0, digits.length) < digits && digits < top.slice(0, digits.length);
};
