import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import { compileEventPattern, type EventPattern } from '../event-pattern/compile-event-pattern.ts';
import { matchesEvent, ReadEvent } from '../event-pattern/matches-event.ts';
import type { FaultInjector } from '../faults.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { inBackground } from './in-background.ts';
import type { Lambdas } from './lambdas.ts';
import type { Queues } from './queues.ts';
import type { Service } from './service.ts';

/** One entry of PutEvents. */
export interface PutEventsEntry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  /** JSON text. */
  readonly Detail?: string;
  /** Seconds since the epoch, or ISO 8601. */
  readonly Time?: number | string;
}

/** An event as targets see it. */
export interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly [field: string]: unknown;
}

/** An event of an AWS service, which publishes on the account's own bus. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

interface Bus {
  readonly name: string;
  readonly arn: string;
}

interface Rule {
  readonly resource: Resource;
  /** The name of the bus it stands on. */
  readonly bus: string;
  readonly pattern: EventPattern;
  readonly targetArns: readonly string[];
}

/** An event as its targets get it. */
interface Delivered {
  readonly text: string;
  readonly envelope: Envelope;
}

/**
 * Hears of an event that was put on the ingress bus, as its targets see it.
 *
 * @param text the envelope as JSON: a number in it may have more digits than JavaScript keeps
 * @param read the same, to be tried on patterns
 */
export type Hear = (envelope: Envelope, text: string, read: ReadEvent) => void;

export interface EventBusOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly lambdas: Lambdas;
  readonly invocations: AsyncInvocations;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  /** What goes wrong with events. @default nothing */
  readonly faults?: FaultInjector | undefined;
}

/** EventBridge takes up to 1 MB a request and ten entries. */
const MAX_REQUEST_BYTES = 1024 * 1024;
const MAX_ENTRIES = 10;

/** The bus that every account has; AWS services publish there. */
const DEFAULT_BUS = 'default';

/** The buses of the templates and the account's own, each with its rules: to queues, and to functions asynchronously. */
export class EventBus {
  readonly #options: EventBusOptions;
  readonly #buses: readonly Bus[];
  /** By the bus that they stand on. */
  readonly #rules: ReadonlyMap<string, readonly Rule[]>;
  readonly #listeners: Hear[] = [];
  #ids: number;

  constructor(options: EventBusOptions) {
    this.#options = options;
    this.#ids = options.idsAfter ?? 0;
    const { cloud } = options;
    const arn = `arn:aws:events:${cloud.region}:${cloud.account}:event-bus/${DEFAULT_BUS}`;
    this.#buses = [...cloud.ofType('AWS::Events::EventBus'), { name: DEFAULT_BUS, arn }];
    const rules = cloud.ofType('AWS::Events::Rule').map((rule) => this.#toRule(rule));
    this.#rules = Map.groupBy(rules, ({ bus }) => bus);
  }

  /** Where the shops' systems put their events. */
  get ingressBus(): Resource {
    const [bus] = this.#options.cloud.ofType('AWS::Events::EventBus');
    if (bus === undefined) throw new Error('the templates have no event bus');
    return bus;
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation !== 'PutEvents')
      throw new AwsError(
        'InvalidAction',
        `EventBridge ${operation} is not modelled by the rehearsal`,
      );
    const entries = Array.isArray(input['Entries']) ? input['Entries'] : [];
    return this.putEvents(principal, entries);
  };

  /** By a role of the account, which has to be granted it. */
  putEvents(principal: Principal, entries: readonly PutEventsEntry[]) {
    for (const { EventBusName } of entries) {
      const resource = this.#find(EventBusName).arn;
      this.#options.authorizer.assert({ principal, action: 'events:PutEvents', resource });
    }
    return this.#putAll(entries);
  }

  /** By the merchant's own systems. */
  putFromOutside(entry: PutEventsEntry) {
    return this.#putAll([entry]);
  }

  #putAll(entries: readonly PutEventsEntry[]) {
    const { clock, faults } = this.#options;
    faults?.assertUp('events', clock.now());
    if (entries.length === 0 || entries.length > MAX_ENTRIES)
      throw new AwsError('ValidationException', `expected 1 to ${MAX_ENTRIES} entries`);
    if (isTooLarge(entries))
      throw new AwsError(
        'ValidationException',
        `Total size of the entries in the request is over the limit of ${MAX_REQUEST_BYTES} bytes.`,
      );
    const answers = entries.map((entry) => this.#put(entry));
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };
  }

  /** Somebody besides the rules who hears of everything on the ingress bus, in the order in which it comes. */
  listen(hear: Hear): void {
    this.#listeners.push(hear);
  }

  /**
   * An event as it was captured from another bus: of a partner's to the rules that stand there, else
   * to those of the ingress bus.
   *
   * @param text as it was captured: a number in it may have more digits than JavaScript keeps. @default the envelope's
   */
  deliver(envelope: Envelope, text?: string): void {
    const isPartners = this.#rules.has(envelope.source);
    this.#deliver(isPartners ? envelope.source : this.ingressBus.name, envelope, text);
  }

  /** An event by an AWS service itself, on the account's own bus. */
  publish({ source, detailType, resources, detail }: ServiceEvent): void {
    const said = { Source: source, DetailType: detailType };
    this.#deliver(DEFAULT_BUS, this.#envelopeOf(said, resources, detail));
  }

  /** @param asCaptured its text, where that says more than the envelope */
  #deliver(busName: string, envelope: Envelope, asCaptured?: string): void {
    const text = asCaptured ?? JSON.stringify(envelope);
    const read = new ReadEvent(asCaptured ?? envelope);
    for (const { resource, pattern, targetArns } of this.#rules.get(busName) ?? []) {
      if (!matchesEvent(pattern, read)) continue;
      for (const arn of targetArns) this.#toTargetSoon(arn, resource, { text, envelope });
    }
    if (this.#listeners.length === 0 || busName !== this.ingressBus.name) return;
    for (const hear of this.#listeners) hear(envelope, text, read);
  }

  /** EventBridge delivers at least once. */
  #toTargetSoon(arn: string, rule: Resource, event: Delivered): void {
    const { clock, faults } = this.#options;
    const deliver = (): void => inBackground(clock, () => this.#toTarget(arn, rule, event));
    clock.at(clock.now(), deliver);
    if (faults?.doublesDelivery(clock.now()) === true) clock.at(clock.now(), deliver);
  }

  #put(entry: PutEventsEntry) {
    const { Source, DetailType, Detail } = entry;
    const { clock, faults } = this.#options;
    if (faults?.refusesEntry(clock.now()) === true)
      return refused('InternalFailure', 'The request processing has failed.');
    if (Source === undefined || DetailType === undefined || Detail === undefined)
      return refused('InvalidArgument', 'Parameter Source, DetailType or Detail is not valid.');
    const detail = parsed(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const envelope = this.#envelopeOf(entry, [], detail);
    this.#deliver(this.#find(entry.EventBusName).name, envelope);
    return { EventId: envelope['id'] };
  }

  #envelopeOf(entry: PutEventsEntry, resources: readonly string[], detail: unknown): Envelope {
    const { account, region } = this.#options.cloud;
    return {
      version: '0',
      id: this.#nextId(),
      'detail-type': entry.DetailType ?? '',
      source: entry.Source ?? '',
      account,
      time: this.#timeOf(entry),
      region,
      resources,
      detail,
    };
  }

  /** PutEvents and rules mean the account's own bus when they name none. */
  #find(name: string = DEFAULT_BUS): Bus {
    const bus = this.#buses.find((each) => each.name === name || each.arn === name);
    if (bus === undefined) throw new AwsError('ResourceNotFoundException', `no event bus ${name}`);
    return bus;
  }

  #timeOf({ Time }: PutEventsEntry): string {
    const ms = typeof Time === 'number' ? Time * 1000 : Date.parse(Time ?? '');
    const at = Number.isNaN(ms) ? this.#options.clock.now() : ms;
    return `${new Date(at).toISOString().slice(0, 19)}Z`;
  }

  #nextId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  #toRule(resource: Resource): Rule {
    const { EventBusName, EventPattern, Targets } = resource.properties;
    const named = typeof EventBusName === 'string' ? EventBusName : DEFAULT_BUS;
    return {
      resource,
      // A bus that others own, such as a partner's, is not among those of the templates.
      bus: this.#buses.find(({ name, arn }) => name === named || arn === named)?.name ?? named,
      pattern: compileEventPattern(EventPattern),
      targetArns: (Array.isArray(Targets) ? Targets : []).map((target) =>
        String(Object(target).Arn),
      ),
    };
  }

  #toTarget(arn: string, rule: Resource, { text, envelope }: Delivered): void {
    if (arn.split(':')[2] === 'sqs') {
      this.#options.queues.sendFromRule(arn, rule.arn, text, envelope);
      return;
    }
    const { authorizer, invocations, lambdas } = this.#options;
    authorizer.assert({
      principal: { service: 'events.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: lambdas.find(arn).arn,
      context: { 'aws:SourceArn': rule.arn },
    });
    invocations.invoke(arn, text);
  }
}

/** No character of a text takes more in JSON. */
const MOST_BYTES = 6;

/** A member's name and the marks around it, generously; a number is shorter. */
const MEMBER_BYTES = 64;

/** Most are far from the limit, and need not be written to be measured. */
const isTooLarge = (entries: readonly PutEventsEntry[]): boolean => {
  const most = entries
    .flatMap((entry): unknown[] => Object.values(entry))
    .reduce<number>((total, value) => total + MEMBER_BYTES + mostBytesOf(value), 0);
  return most > MAX_REQUEST_BYTES && Buffer.byteLength(JSON.stringify(entries)) > MAX_REQUEST_BYTES;
};

const mostBytesOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length * MOST_BYTES;
  return typeof value === 'object' ? Infinity : 0;
};

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

const parsed = (text: string): unknown => {
  try {
    const detail: unknown = JSON.parse(text);
    return detail !== null && typeof detail === 'object' ? detail : undefined;
  } catch {
    return undefined;
  }
};
