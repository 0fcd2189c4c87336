import { temperatureDimensions } from './lexicon/units.ts';
import type { Quantity } from './quantities.ts';
import { isSame } from './quantities.ts';
import { bearsOut, company, type Evidence, type Reading, statedAmount } from './reading.ts';
import type { Finding } from './rules.ts';

/** Each number of a block has to be stated by a fact that the block cites, of the same thing. */
export const numberFindings = (block: Reading, evidence: Evidence): readonly Finding[] => [
  ...block.quantities.flatMap((claim): readonly Finding[] => {
    if (isInName(claim, block, evidence) || isElliptic(claim, block, evidence)) return [];
    if (statedAmount(evidence, claim) === undefined) return [notStated(claim, evidence)];
    const other = ofSomethingElse(claim, block, evidence);
    return other === undefined
      ? []
      : [
          {
            rule: 'number',
            because: `"${claim.text}" is stated of something else; of this it is "${other.text}"`,
          },
        ];
  }),
  ...block.mentions
    .filter(({ family, id, polarity }) => family === 'heat' && !bearsOut(evidence, id, polarity))
    .map(({ id }): Finding => ({ rule: 'temperature', because: `no cited fact says ${id}` })),
];

/** `after 60 minutes of charging it runs for ninety`: the unit was just said. */
const isElliptic = (claim: Quantity, block: Reading, evidence: Evidence): boolean =>
  claim.unit === undefined &&
  block.quantities.some(
    ({ unit, start }) =>
      unit !== undefined &&
      start < claim.start &&
      statedAmount(evidence, { ...claim, unit }) !== undefined,
  );

const notStated = (claim: Quantity, { facts }: Evidence): Finding => {
  const stated = facts.flatMap(({ quantities }) => quantities);
  const because = `"${claim.text}" is in no cited fact; they state ${stated.map(({ text }) => text).join(', ') || 'no numbers'}`;
  if (temperatureDimensions.has(claim.unit?.dimension ?? ''))
    return { rule: 'temperature', because };
  const isOtherUnit = stated.some(
    ({ value, unit }) => value === claim.value && value !== 1 && unit?.id !== claim.unit?.id,
  );
  return { rule: isOtherUnit ? 'unit' : 'number', because };
};

/** A number inside the words of a concept, such as the 6 of a standard that the facts name. */
const isInName = (claim: Quantity, block: Reading, { facts }: Evidence): boolean =>
  block.mentions.some(({ start, end }) => claim.start >= start && claim.end <= end) &&
  facts.some(({ text }) => text.includes(claim.text));

/** Words for what a measure is of, by language and of one group each. */
const roles: readonly (readonly string[])[] = [
  ['height', 'high', 'tall', 'hohe', 'hoch'],
  ['width', 'wide', 'breit'],
  ['length', 'long', 'lang'],
  ['depth', 'deep', 'tief'],
  ['diameter', 'across', 'durchmess'],
  ['thick', 'thicknes', 'dick'],
  ['cold', 'cool', 'kalt', 'kalte'],
  ['hot', 'warm', 'heiss', 'heissgetrank'],
  ['iron', 'bugel'],
  ['wash', 'wasch'],
];
const roleOf = new Map(
  roles.flatMap((group, at) => group.map((stem): [string, string] => [stem, `role ${at}`])),
);

const rolesNear = (reading: Reading, place: number): ReadonlySet<string> =>
  new Set(
    [...company(reading, place)].flatMap((each) =>
      each.startsWith('concept ') ? each : (roleOf.get(each) ?? []),
    ),
  );

/** Where a fact states several amounts of a dimension: the one that is stated of what the claim is of. */
const ofSomethingElse = (
  claim: Quantity,
  block: Reading,
  { facts }: Evidence,
): Quantity | undefined => {
  const stated = facts.flatMap((fact) =>
    fact.quantities
      .filter(({ unit }) => unit?.dimension === claim.unit?.dimension)
      .map((quantity) => ({ quantity, fact })),
  );
  if (claim.unit === undefined || stated.length < 2) return undefined;
  const near = rolesNear(block, claim.start);
  const overlap = ({ quantity, fact }: (typeof stated)[number]) =>
    [...rolesNear(fact, quantity.start)].filter((each) => near.has(each)).length;
  const scored = stated.map((each) => ({ ...each, shared: overlap(each) }));
  if (
    scored.some(
      ({ quantity, fact }) => isSame(claim, quantity) && rolesNear(fact, quantity.start).size === 0,
    )
  )
    return undefined;
  const same = Math.max(
    ...scored.filter(({ quantity }) => isSame(claim, quantity)).map(({ shared }) => shared),
  );
  return same > 0
    ? undefined
    : scored.find(({ shared, quantity }) => shared > 0 && !isSame(claim, quantity))?.quantity;
};
