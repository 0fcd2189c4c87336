import { assertShares, type ModelFaultShares } from './bedrock/model-faults.ts';
import { seededRandom } from './random.ts';
import { AwsError } from './services/aws-error.ts';
import type { Service } from './services/service.ts';

/** The services that take messages to customers. */
export const sendingServices = ['ses', 'sms', 'push'] as const;

export type SendingService = (typeof sendingServices)[number];

/** A time in which every call of a service is answered by 503. */
export interface Outage {
  readonly service: SendingService;
  /** Milliseconds since 1970; the first that fails. */
  readonly fromMs: number;
  /** The first that is answered again. */
  readonly untilMs: number;
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
}

/** How often each fault was injected: messages, and calls that were refused. */
export type Injected = Readonly<Record<InjectedFault, number>>;

type Share = Exclude<keyof Faults, 'outages' | 'bedrock'>;
type InjectedFault = Share | 'outages';

/**
 * Injects faults. What happens to an address or a message depends on the seed and on it alone; which
 * calls are throttled, on how many came before.
 */
export class FaultInjector {
  readonly #faults: Faults;
  readonly #seed: string;
  readonly #throttles: () => number;
  readonly #injected: Record<InjectedFault, number> = {
    bounces: 0,
    unreachable: 0,
    complaints: 0,
    stops: 0,
    throttles: 0,
    outages: 0,
  };

  /** @throws {RangeError} for a share that is none, and an outage that ends before it begins */
  constructor(faults: Faults = {}, seed = '') {
    assertSound(faults);
    this.#faults = faults;
    this.#seed = seed;
    this.#throttles = seededRandom(`${seed}/throttles`);
  }

  get injected(): Injected {
    return { ...this.#injected };
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
    return seededRandom(JSON.stringify([this.#seed, purpose, messageId]))();
  }

  /** A service that is down and throttles as the faults say, before it looks at a call. */
  strike(name: SendingService, serve: Service, nowMs: () => number): Service {
    return async (call) => {
      this.#assertUp(name, nowMs());
      this.#assertNotThrottled(name);
      return serve(call);
    };
  }

  #strikes(fault: Share, of: string): boolean {
    const share = this.#faults[fault] ?? 0;
    if (share === 0 || this.draw(fault, of) >= share) return false;
    this.#injected[fault] += 1;
    return true;
  }

  #assertUp(name: SendingService, nowMs: number): void {
    const outage = (this.#faults.outages ?? []).find(
      ({ service, fromMs, untilMs }) => service === name && fromMs <= nowMs && nowMs < untilMs,
    );
    if (outage === undefined) return;
    this.#injected.outages += 1;
    throw new AwsError('ServiceUnavailable', 'Service is unavailable. Try again later.', {
      status: 503,
    });
  }

  #assertNotThrottled(name: SendingService): void {
    const share = this.#faults.throttles ?? 0;
    if (share === 0 || this.#throttles() >= share) return;
    this.#injected.throttles += 1;
    throw throttled(name);
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

const assertSound = ({ outages = [], bedrock = {}, ...shares }: Faults): void => {
  assertShares('faults', shares);
  assertShares('faults.bedrock', bedrock);
  for (const { service, fromMs, untilMs } of outages)
    if (!(fromMs < untilMs))
      throw new RangeError(
        `an outage of ${service} ends at ${untilMs}, not after ${fromMs} when it begins: give milliseconds since 1970`,
      );
};
