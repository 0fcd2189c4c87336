import { assertShares, type ModelFaultShares } from './bedrock/model-faults.ts';
import { type ClockSkew, skewOf } from './faults/clock-skew.ts';
import type { TimedEvent } from './input/timed-event.ts';
import { seededRandom } from './random.ts';
import { AwsError } from './services/aws-error.ts';
import type { Service } from './services/service.ts';

/** The services that take messages to customers. */
export const sendingServices = ['ses', 'sms', 'push'] as const;

export type SendingService = (typeof sendingServices)[number];

/** All that can be down. */
export const outageServices = [
  ...sendingServices,
  'dynamodb',
  'bedrock',
  'states',
  'scheduler',
  'events',
  'sqs',
] as const;

export type OutageService = (typeof outageServices)[number];

/** A time in which every call of a service is answered by 503. */
export interface Outage {
  readonly service: OutageService;
  /** Milliseconds since 1970; the first that fails. */
  readonly fromMs: number;
  /** The first that is answered again. */
  readonly untilMs: number;
}

/** Shares of the calls of functions that write something, by whether it had been written when the function ended. */
export interface Endings {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}

/** What goes wrong in a rehearsal. Shares are from 0 to 1. @default nothing does */
export interface Faults {
  /** Of e-mail addresses and phone numbers: those that do not exist, for every message to them. */
  readonly bounces?: number | undefined;
  /** Of phone numbers: those that are switched off until what was sent them has expired. */
  readonly unreachable?: number | undefined;
  /** Of e-mails that arrived: those that are marked as spam. */
  readonly complaints?: number | undefined;
  /** Of texts that arrived: those that are answered by STOP. */
  readonly stops?: number | undefined;
  /** Of calls to the sending services: those that are refused because there were too many. */
  readonly throttles?: number | undefined;
  readonly outages?: readonly Outage[] | undefined;
  /** Of calls of models: how they go wrong. A draft may have several faults at once. */
  readonly bedrock?: ModelFaultShares | undefined;
  /** The function's process ends. */
  readonly crashes?: Endings | undefined;
  /** The function hangs until its time is over. */
  readonly timeouts?: Endings | undefined;
  /** Of functions' calls of tables: those that are refused because there were too many. */
  readonly throttledTables?: number | undefined;
  /** Of functions' conditional writes: those that somebody else's invocation overtakes. */
  readonly races?: number | undefined;
  /** Of calls of models: those that are answered when the function that asked has run out of time. */
  readonly slowModels?: number | undefined;
  /** Of entries that are put on a bus: those that it does not take this time, as its answer says. */
  readonly refusedEvents?: number | undefined;
  /** Of events of the shops: those that are lost for good on their way to the bus. */
  readonly lostEvents?: number | undefined;
  /** Of events that a rule delivers to a target: those that come twice. */
  readonly doubledEvents?: number | undefined;
  /**
   * From when on functions, tables, events and services are left alone, in milliseconds since 1970: what was cut off
   * by then can end. @default they never are
   */
  readonly quietFromMs?: number | undefined;
  /** The most by which a clock of the shops' systems is before or behind, in minutes. @default 0 */
  readonly clockSkewMinutes?: number | undefined;
}

/** None of them yet. */
const none = {
  bounces: 0,
  unreachable: 0,
  complaints: 0,
  stops: 0,
  throttles: 0,
  outages: 0,
  crashesBefore: 0,
  crashesAfter: 0,
  timeoutsBefore: 0,
  timeoutsAfter: 0,
  throttledTables: 0,
  races: 0,
  slowModels: 0,
  refusedEvents: 0,
  lostEvents: 0,
  doubledEvents: 0,
  skewedEvents: 0,
};

export type InjectedFault = keyof typeof none;

/** How often each fault was injected: messages, events, and calls that went wrong. */
export type Injected = Readonly<Record<InjectedFault, number>>;

/** Faults of messages, which the address or the message decides. */
type MessageFault = 'bounces' | 'unreachable' | 'complaints' | 'stops';

/** Faults that nothing names but how many chances there were before. */
type Chance = 'throttles' | 'refusedEvents' | 'doubledEvents';

/**
 * Injects faults. What happens to an address, a message or an event of a shop depends on the seed and on it alone;
 * which calls are struck, on how many came before.
 */
export class FaultInjector {
  readonly faults: Faults;
  readonly seed: string;
  readonly #skew: ClockSkew;
  readonly #draws: Readonly<Record<Chance, () => number>>;
  readonly #injected: Record<InjectedFault, number> = { ...none };

  /** @throws {RangeError} for a share that is none, and an outage that ends before it begins */
  constructor(faults: Faults = {}, seed = '') {
    assertSound(faults);
    this.faults = faults;
    this.seed = seed;
    this.#skew = skewOf(faults.clockSkewMinutes ?? 0, seed);
    this.#draws = {
      throttles: seededRandom(`${seed}/throttles`),
      refusedEvents: seededRandom(`${seed}/refusedEvents`),
      doubledEvents: seededRandom(`${seed}/doubledEvents`),
    };
  }

  get injected(): Injected {
    return { ...this.#injected };
  }

  /** Counts a fault that struck. */
  happened(fault: InjectedFault): void {
    this.#injected[fault] += 1;
  }

  /** Whether nothing can be delivered to an e-mail address or phone number. */
  bounces(address: string): boolean {
    return this.#strikes('bounces', address.toLowerCase());
  }

  isUnreachable(phoneNumber: string): boolean {
    return this.#strikes('unreachable', phoneNumber);
  }

  complains(messageId: string): boolean {
    return this.#strikes('complaints', messageId);
  }

  stops(messageId: string): boolean {
    return this.#strikes('stops', messageId);
  }

  /** A draw in [0, 1) that belongs to a message, for how long something takes. */
  draw(purpose: string, messageId: string): number {
    return seededRandom(JSON.stringify([this.seed, purpose, messageId]))();
  }

  /** A service that is down and throttles as the faults say, before it looks at a call. */
  strike(name: SendingService, serve: Service, nowMs: () => number): Service {
    return async (call) => {
      this.assertUp(name, nowMs());
      if (this.#chance('throttles')) throw throttled(name);
      return serve(call);
    };
  }

  /** @throws {AwsError} while the service is down */
  assertUp(name: OutageService, nowMs: number): void {
    const outage = (this.faults.outages ?? []).find(
      ({ service, fromMs, untilMs }) => service === name && fromMs <= nowMs && nowMs < untilMs,
    );
    if (outage === undefined || this.isQuiet(nowMs)) return;
    this.happened('outages');
    throw new AwsError('ServiceUnavailable', 'Service is unavailable. Try again later.', {
      status: 503,
    });
  }

  /** Whether nothing goes wrong any more but with messages. */
  isQuiet(nowMs: number): boolean {
    return nowMs >= this.quietFromMs;
  }

  /** From when on, in milliseconds since 1970; never where nothing is said. */
  get quietFromMs(): number {
    return this.faults.quietFromMs ?? Infinity;
  }

  /** Whether a function may be cut off, or find that what it needs is not there: then somebody has to look after it. */
  get strikesFunctions(): boolean {
    const { crashes = {}, timeouts = {}, outages = [], ...shares } = this.faults;
    const { throttledTables, races, slowModels, refusedEvents } = shares;
    const all = [...Object.values(crashes), ...Object.values(timeouts), throttledTables, races];
    return outages.length > 0 || [...all, slowModels, refusedEvents].some((of = 0) => of > 0);
  }

  /** Whether the bus does not take the entry that it is given now. */
  refusesEntry(nowMs: number): boolean {
    return !this.isQuiet(nowMs) && this.#chance('refusedEvents');
  }

  /** Whether what a rule delivers now comes twice. */
  doublesDelivery(nowMs: number): boolean {
    return !this.isQuiet(nowMs) && this.#chance('doubledEvents');
  }

  /** Whether a shop's event is lost before it comes to the bus, however often it is sent. */
  isLost({ source, detail }: TimedEvent): boolean {
    const share = this.faults.lostEvents ?? 0;
    return share > 0 && this.draw('lostEvents', JSON.stringify([source, detail])) < share;
  }

  /** The event as its sender tells it, by a clock that is wrong. */
  asTold(event: TimedEvent): TimedEvent {
    return this.#skew(event);
  }

  #strikes(fault: MessageFault, of: string): boolean {
    const share = this.faults[fault] ?? 0;
    if (share === 0 || this.draw(fault, of) >= share) return false;
    this.happened(fault);
    return true;
  }

  #chance(fault: Chance): boolean {
    const share = this.faults[fault] ?? 0;
    if (share === 0 || this.#draws[fault]() >= share) return false;
    this.happened(fault);
    return true;
  }
}

/** Each service says it in words of its own. */
const throttled = (name: SendingService): AwsError => {
  switch (name) {
    case 'ses':
      return new AwsError('Throttling', 'Maximum sending rate exceeded.');
    case 'sms':
      return new AwsError('ThrottlingException', 'Rate exceeded.');
    case 'push':
      return new AwsError('TooManyRequestsException', 'Too many requests.');
  }
};

const assertSound = ({
  outages = [],
  bedrock = {},
  crashes = {},
  timeouts = {},
  clockSkewMinutes = 0,
  quietFromMs = Infinity,
  ...shares
}: Faults): void => {
  assertShares('faults', shares);
  assertShares('faults.bedrock', bedrock);
  assertShares('faults.crashes', { ...crashes });
  assertShares('faults.timeouts', { ...timeouts });
  if (!(clockSkewMinutes >= 0 && Number.isFinite(clockSkewMinutes)))
    throw new RangeError(
      `faults.clockSkewMinutes is ${clockSkewMinutes}: give minutes, 0 or more, such as 5`,
    );
  if (Number.isNaN(quietFromMs))
    throw new RangeError('faults.quietFromMs is NaN: give milliseconds since 1970');
  for (const { service, fromMs, untilMs } of outages)
    if (!(fromMs < untilMs))
      throw new RangeError(
        `an outage of ${service} ends at ${untilMs}, not after ${fromMs} when it begins: give milliseconds since 1970`,
      );
};
