import { hmacIdentityHash } from '#core/adapters/hmac-identity-hash.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { armOf, isInHoldout } from '#core/domain/experiments/arms.ts';
import { CONTROL, type Experiments, HOLDOUT } from '#core/domain/experiments/experiment.ts';
import { guestIdOf } from '#core/domain/customers/merge-customers.ts';
import type { Scenario } from './scenario.ts';

/** The id of whoever has only given this e-mail address. */
type GuestIdOf = (email: string) => Promise<string>;

/** @param secret what the rehearsed stacks hash addresses with: `{"key":"…"}` */
export const guestIds = (secret: string): GuestIdOf => {
  const { key }: { readonly key: string } = JSON.parse(secret);
  const hash = hmacIdentityHash(async () => new TextEncoder().encode(key));
  return async (email) => guestIdOf(await hash('email', writtenAddresses.email(email) ?? email));
};

export interface Drawing {
  readonly experiments: Experiments;
  readonly guestIdOf: GuestIdOf;
}

/** Of an arm of a thousandth, one customer in so many is there all but certainly. */
const MOST_TRIES = 10_000;

/**
 * The scenario with its customers in the arms that its page names, or else in the control and not in the holdout: their
 * ids, and the tag of their addresses, get a number by which they are drawn so. Arms are drawn as in production, nothing
 * is switched off. Of a guest without an e-mail address the arm is as it falls.
 */
export const withArms = async (scenario: Scenario, drawing: Drawing): Promise<Scenario> => {
  const { scope, events } = scenario;
  const details = events.map(({ detail }) => detail);
  const isRight = (id: string): boolean => isInArms(id, scenario, drawing.experiments);
  const renamed = new Map<string, string>();
  for (const id of textsUnder('customerId', details))
    renamed.set(id, await firstOf(numbered(id), async (each) => isRight(each)));
  const emails = textsUnder('email', details);
  const tag = await firstOf(numbered(`+${scope}`), async (each) => {
    const ids = await Promise.all(
      emails.map((email) => drawing.guestIdOf(email.replace(`+${scope}@`, `${each}@`))),
    );
    return ids.every(isRight);
  });
  const change = (text: string): string =>
    renamed.get(text) ?? text.replace(`+${scope}@`, `${tag}@`);
  return {
    ...scenario,
    events: events.map((event) => ({ ...event, detail: changedIn(event.detail, change) })),
  };
};

const isInArms = (
  id: string,
  { arms }: Pick<Scenario, 'arms'>,
  experiments: Experiments,
): boolean => {
  const wanted = arms[HOLDOUT.key] ?? HOLDOUT.treated;
  if (isInHoldout(experiments, id)) return wanted === HOLDOUT.heldOut;
  return (
    wanted === HOLDOUT.treated &&
    experiments.experiments.every((each) => armOf(each, id)?.arm === (arms[each.key] ?? CONTROL))
  );
};

/** The name itself, then with a number. */
function* numbered(name: string): Generator<string> {
  yield name;
  for (let number = 2; number <= MOST_TRIES; number += 1) yield `${name}.${number}`;
}

const firstOf = async (
  names: Iterable<string>,
  isRight: (name: string) => Promise<boolean>,
): Promise<string> => {
  for (const name of names) if (await isRight(name)) return name;
  throw new Error(`no customer in ${MOST_TRIES} is in these arms: give them a larger share`);
};

/** Every text that stands under a field of that name, at any depth; each once. */
const textsUnder = (field: string, value: unknown): readonly string[] => {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => textsUnder(field, each)))];
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, each]) =>
    name === field && typeof each === 'string' ? [each] : textsUnder(field, each),
  );
  return [...new Set(found)];
};

const changedIn = (
  detail: Readonly<Record<string, unknown>>,
  change: (text: string) => string,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, changedValue(value, change)]),
  );

const changedValue = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => changedValue(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return changedIn(Object.fromEntries(Object.entries(value)), change);
};
