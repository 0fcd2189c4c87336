/** What an address is used for; one address has another hash for each. */
export type AddressKind = 'email' | 'sms';

/**
 * The keyed hash of an address in its one spelling, `email:…` or `sms:…`: the same for the same address for ever,
 * and of no use to who has not the key.
 */
export type IdentityHash = (kind: AddressKind, address: string) => Promise<string>;
