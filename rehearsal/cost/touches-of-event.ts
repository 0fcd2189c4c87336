/** What an invocation is for, as far as its event says so. */
export interface Purpose {
  readonly stage?: string | undefined;
  readonly touch?: string | undefined;
}

/** Deep enough for an event of the bus that tells of an e-mail: `detail.mail.tags.touch`. */
const DEEPEST = 4;

/**
 * The stage and the touch that an event names, by members called `stage`, `touch` and `touchId` wherever they are in
 * it. A batch of a queue has one purpose a record, so that its cost can be shared among them.
 */
export const purposesOf = (event: unknown): readonly Purpose[] => {
  const records: unknown = Object(event).Records;
  if (!Array.isArray(records) || records.length === 0) return [purposeOf(event)];
  return records.map((record: unknown) => purposeOfBody(Object(record).body));
};

/**
 * The same of the body of one message.
 *
 * @param said what the body says, where it was read already
 */
export const purposeOfMessage = (body: string, said?: object): Purpose =>
  purposeOfBody(body, said === undefined ? readBody : () => said);

/** Of the bodies that came last: each is sent, received and deleted. */
const purposesOfBodies = new Map<string, Purpose>();

const MOST_BODIES = 500;

/** Half of all bodies name nothing, and are not read for it. A name may be written by escapes. */
const MAY_NAME = /"(?:stage|touch|touchId)"|\\u/;

const purposeOfBody = (body: unknown, read: (body: string) => unknown = readBody): Purpose => {
  if (typeof body !== 'string') return purposeOf(undefined);
  const known = purposesOfBodies.get(body);
  if (known !== undefined) return known;
  if (purposesOfBodies.size >= MOST_BODIES) purposesOfBodies.clear();
  const purpose = MAY_NAME.test(body) ? purposeOf(read(body)) : {};
  purposesOfBodies.set(body, purpose);
  return purpose;
};

const purposeOf = (value: unknown): Purpose => {
  const levels = levelsOf(value);
  const touchId = namedIn(levels, 'touchId');
  return {
    stage: stageIn(levels),
    touch: namedIn(levels, 'touch') ?? (touchId === undefined ? undefined : touchOf(touchId)),
  };
};

/** What is in an event, from the top, as far down as names are looked for. */
type Levels = readonly (readonly unknown[])[];

const levelsOf = (value: unknown): Levels => {
  const levels: (readonly unknown[])[] = [[value]];
  for (let depth = 0; depth < DEEPEST; depth += 1)
    levels.push(
      (levels[depth] ?? []).flatMap((each) => Object.values(Object(each)).filter(isPlain)),
    );
  return levels;
};

/** Requests to an API name a stage too, `$default`, which is none of a journey. */
const stageIn = (levels: Levels): string | undefined => {
  const name = namedIn(levels, 'stage');
  return name !== undefined && /^[a-z][a-z-]*$/.test(name) ? name : undefined;
};

/** A touch's id begins with its name: `dispatch-notice:P1`. */
const touchOf = (touchId: string): string => touchId.split(/[:#]/)[0] ?? touchId;

/** The nearest to the top; providers give tags as lists. */
const namedIn = (levels: Levels, name: string): string | undefined => {
  for (const level of levels)
    for (const each of level) {
      const found = textIn(Object(each)[name]);
      if (found !== undefined) return found;
    }
  return undefined;
};

const textIn = (value: unknown): string | undefined => {
  const [first]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return typeof first === 'string' && first !== '' ? first : undefined;
};

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is no JSON says nothing of its purpose: the function itself deals with it. */
const readBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
