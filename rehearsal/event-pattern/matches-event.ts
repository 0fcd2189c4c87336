import type { Alternative, EventPattern, FieldPattern } from './compile-event-pattern.ts';
import type { EventField, Membership } from './event-fields.ts';
import { EventFields, mergeMembership } from './event-fields.ts';
import { InvalidJson, jsonText, nodeOf, parseJson } from './json-text.ts';
import { acceptsValue } from './value-pattern.ts';

/** The event is not a JSON object, so no pattern can be tried on it. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

/**
 * Whether EventBridge would send the event to a rule with this pattern. The event is a plain object or JSON text; text
 * keeps the digits of numbers that a double does not hold. The envelope fields that TestEventPattern insists on (id,
 * account, source, time, region, resources, detail-type) are not required. Throws {@link InvalidEvent}.
 */
export const matchesEvent = (pattern: EventPattern, event: unknown): boolean => {
  const { fields } = event instanceof ReadEvent ? event : new ReadEvent(event);
  return pattern.alternatives.some((alternative) => matchesAlternative(alternative, fields));
};

/** An event that is read once and tried on many patterns. @throws {InvalidEvent} */
export class ReadEvent {
  readonly fields: EventFields;

  constructor(event: unknown) {
    const node = parseEvent(event);
    if (node.kind !== 'object') throw new InvalidEvent('Event must be a JSON object');
    this.fields = new EventFields(node.members);
  }
}

const parseEvent = (event: unknown) => {
  try {
    if (typeof event === 'string') return parseJson(event);
    return nodeOf(event) ?? parseJson(jsonText(event));
  } catch (cause) {
    if (!(cause instanceof InvalidJson)) throw cause;
    throw new InvalidEvent(`Event is not valid. ${cause.message}`, { cause });
  }
};

/** In no element of an array yet. */
const ANYWHERE: readonly Membership[] = [new Map()];

/**
 * Array consistency, as in event-ruler's ACFinder: two fields may not come from different elements of one array. Field by
 * field this keeps every way to place the elements so far; none left means no match.
 */
const matchesAlternative = (alternative: Alternative, fields: EventFields): boolean => {
  let placements: readonly Membership[] = ANYWHERE;
  for (const field of alternative) {
    placements = placeField(field, fields.at(field.path), placements);
    if (placements.length === 0) return false;
  }
  return true;
};

const placeField = (
  { values }: FieldPattern,
  present: readonly EventField[],
  placements: readonly Membership[],
): readonly Membership[] => {
  const accepted = present.filter(({ value }) => values.some((one) => acceptsValue(one, value)));
  const mayBeAbsent = values.some(({ kind }) => kind === 'absent');
  if (present.every(({ membership }) => membership.size === 0))
    return accepted.length > 0 || (mayBeAbsent && present.length === 0) ? placements : [];
  return distinct(
    placements.flatMap((placement) => [
      ...(mayBeAbsent && extensions(placement, present).length === 0 ? [placement] : []),
      ...extensions(placement, accepted),
    ]),
  );
};

const extensions = (placement: Membership, fields: readonly EventField[]): readonly Membership[] =>
  fields.flatMap(({ membership }) => mergeMembership(placement, membership) ?? []);

const distinct = (placements: readonly Membership[]): readonly Membership[] => [
  ...new Map(placements.map((placement) => [placementKey(placement), placement])).values(),
];

const placementKey = (placement: Membership): string =>
  [...placement]
    .sort(([a], [b]) => a - b)
    .map(([array, index]) => `${array}:${index}`)
    .join();
