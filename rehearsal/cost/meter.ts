import { type TableDefinition, tables } from '#core/contracts/tables.ts';
import { callName } from '../services/call-name.ts';
import { type Purpose, purposeOfMessage, purposesOf } from './touches-of-event.ts';
import { type AnsweredCall, type Units, unitsOfCall } from './units-of-call.ts';

/** Who used something, and for what. */
export interface User extends Purpose {
  /** A function, state machine or queue as the stack names it, or `the shop` for what comes from outside. */
  readonly actor: string;
}

/** What one user used. */
export interface Use extends User {
  readonly units: Units;
}

export interface Invocation {
  readonly name: string;
  readonly memoryMb: number;
  readonly event: unknown;
  /** Of the state machine that asked for it. @default the one that the event names */
  readonly stage?: string | undefined;
}

interface Counted {
  readonly user: User;
  readonly units: Map<string, number>;
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** SQS pricing: a request is charged in chunks of 64 KB. */
const QUEUE_CHUNK_BYTES = 64 * 1024;

/** SQS API reference, ReceiveMessage and DeleteMessageBatch. */
const QUEUE_REQUEST_MESSAGES = 10;

/** X-Ray's default rule traces the first request of a second and one in twenty of the others (developer guide, "Sampling rules"). */
const TRACED_SHARE = 0.05;

/**
 * Counts what a rehearsal uses, by what AWS charges for. Functions run one at a time in a rehearsal, so what is
 * called while one runs is its own.
 */
export class Meter {
  readonly #now: () => number;
  readonly #uses = new Map<string, Counted>();
  readonly #requests = new Map<string, number>();
  readonly #tallies = new Map<string, number>();
  /** Write units by table and partition key. */
  readonly #keys = new Map<string, number>();
  readonly #hours = new Map<string, number[]>();
  /** One, and those that it runs in the middle of. */
  readonly #open: { readonly invocation: Invocation; readonly counted: readonly Counted[] }[] = [];

  /** @param now the virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  begin(invocation: Invocation): void {
    const { name, event, stage } = invocation;
    const counted = purposesOf(event).map(({ stage: named, touch }) =>
      this.#countedOf({ actor: name, stage: stage ?? named, touch }),
    );
    this.#open.push({ invocation, counted });
    this.#atThisHour('invocations');
  }

  /** @param ms real milliseconds that the function ran, its calls to services included */
  end(ms: number): void {
    const ended = this.#open.pop();
    if (ended === undefined) throw new Error('no invocation is open: begin() comes first');
    const { invocation, counted } = ended;
    const gigabyteSeconds = (invocation.memoryMb / 1024) * (ms / 1000);
    share(counted, {
      lambdaRequests: 1,
      lambdaGbSeconds: gigabyteSeconds,
      tracesRecorded: TRACED_SHARE,
    });
    this.#tally({ functionSeconds: ms / 1000 });
  }

  /** A call of the function that runs; of the role's when none does. */
  callOfFunction(call: AnsweredCall, role: string): void {
    this.#called(call, this.#open.at(-1)?.counted ?? [this.#countedOf({ actor: role })]);
  }

  /** A call that no function makes: a state machine does, or the shop. */
  call(call: AnsweredCall, caller: User): void {
    this.#called(call, [this.#countedOf(caller)]);
  }

  #called(call: AnsweredCall, callers: readonly Counted[]): void {
    const { units, tallies = {} } = unitsOfCall(call);
    const key = callName(call.service, call.operation);
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    this.#atThisHour(key);
    this.#tally(tallies);
    this.#countKey(call, units['dynamoWriteUnits'] ?? 0);
    share(callers, units);
  }

  /** Writes of one partition are limited, however many a table takes. */
  #countKey({ input }: AnsweredCall, writeUnits: number): void {
    const key = writeUnits === 0 ? undefined : partitionOf(input);
    if (key === undefined) return;
    this.#keys.set(key, (this.#keys.get(key) ?? 0) + writeUnits);
  }

  /**
   * A message that a queue takes.
   *
   * @param said what the body says, where it was read already
   */
  enqueued(queue: string, body: string, said?: object): void {
    const chunks = Math.max(1, Math.ceil(Buffer.byteLength(body) / QUEUE_CHUNK_BYTES));
    share([this.#userOf(queue, body, said)], { sqsRequests: chunks });
    this.#tally({ queueMessages: 1 });
  }

  /**
   * A batch that a function has worked off. Messages are received and deleted by ten at most; what is received is
   * charged by size.
   */
  workedOff(queue: string, bodies: readonly string[]): void {
    const bytes = bodies.reduce((total, body) => total + Buffer.byteLength(body), 0);
    const deleted = Math.ceil(bodies.length / QUEUE_REQUEST_MESSAGES);
    const received = Math.max(deleted, Math.ceil(bytes / QUEUE_CHUNK_BYTES));
    const users = bodies.map((body) => this.#userOf(queue, body));
    share(users, { sqsRequests: received + deleted });
  }

  /** A schedule that will fire at this time. */
  scheduled(atMs: number): void {
    this.#atHour('schedulesFired', atMs);
    this.#tally({ scheduleSeconds: Math.max(0, atMs - this.#now()) / 1000 });
  }

  #userOf(queue: string, body: string, said?: object): Counted {
    return this.#countedOf({ actor: queue, ...purposeOfMessage(body, said) });
  }

  /** Everything that was used, by who used it. */
  get uses(): readonly Use[] {
    return [...this.#uses.values()]
      .filter(({ units }) => units.size > 0)
      .map(({ user, units }) => ({ ...user, units: Object.fromEntries(units) }));
  }

  /** Calls by `<service>:<operation>`, those that were refused too. */
  get requests(): Units {
    return Object.fromEntries(this.#requests);
  }

  /** What is counted for quotas alone. */
  get tallies(): Units {
    const hottestKeyWrites = this.#keys
      .values()
      .reduce((most, writes) => Math.max(most, writes), 0);
    return { ...Object.fromEntries(this.#tallies), hottestKeyWrites };
  }

  /** How often something happened in each hour of the day, UTC. */
  get hours(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#hours);
  }

  #countedOf(user: User): Counted {
    const { actor, stage, touch } = user;
    const key = `${actor}\n${stage}\n${touch}`;
    const use = this.#uses.get(key) ?? { user, units: new Map<string, number>() };
    this.#uses.set(key, use);
    return use;
  }

  #tally(tallies: Units): void {
    for (const [name, amount] of Object.entries(tallies))
      this.#tallies.set(name, (this.#tallies.get(name) ?? 0) + amount);
  }

  #atThisHour(what: string): void {
    this.#atHour(what, this.#now());
  }

  #atHour(what: string, ms: number): void {
    const hours = this.#hours.get(what) ?? Array.from({ length: HOURS }, () => 0);
    this.#hours.set(what, hours);
    const hour = Math.floor(ms / HOUR_MS) % HOURS;
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
}

/** In equal parts. */
const share = (users: readonly Counted[], units: Units): void => {
  for (const unit of Object.keys(units)) {
    const part = (units[unit] ?? 0) / users.length;
    for (const { units: counted } of users) counted.set(unit, (counted.get(unit) ?? 0) + part);
  }
};

const tablesByName: ReadonlyMap<string, TableDefinition> = new Map(
  Object.values(tables).map((table) => [table.name, table]),
);

/** Of the names that CloudFormation gave: a stack's, and the table's with a hash of eight digits. */
const tablesByFullName = new Map<string, TableDefinition | undefined>();

const tableCalled = (fullName: string): TableDefinition | undefined => {
  if (tablesByFullName.has(fullName)) return tablesByFullName.get(fullName);
  const logicalId = fullName.split('-').at(-1) ?? '';
  const table = tablesByName.get(logicalId.slice(0, -8));
  tablesByFullName.set(fullName, table);
  return table;
};

/** Of a write of one item, the table and the partition; batches are not looked into. */
const partitionOf = ({
  TableName,
  Key,
  Item,
}: Readonly<Record<string, unknown>>): string | undefined => {
  const table = tableCalled(String(TableName));
  const item: Readonly<Record<string, unknown>> = Object(Key ?? Item);
  return table && `${table.name}\n${Object(item[table.partitionKey]).S}`;
};
