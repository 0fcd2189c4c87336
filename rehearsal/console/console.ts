import config from '#config';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { moneyIn } from '#core/domain/messages/formats.ts';
import { stageOfMachine } from '../cost/stage-of-machine.ts';
import { sampleShops } from '../input/sample-shops.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { DeadLetter } from '../services/dead-letters.ts';
import { Deeds } from './deeds.ts';
import { Heard } from './heard.ts';
import { type Graph, graphOf } from './journey-graph.ts';
import { Messages } from './messages.ts';
import { orderViewOf } from './order-view.ts';
import { Pacer } from './pacer.ts';
import type { Paths } from './paths.ts';
import type { Records } from './records.ts';
import { Refused } from './refused.ts';
import type {
  GraphView,
  NewsView,
  OrderView,
  ParkedRow,
  ProductView,
  ShopView,
  StateView,
  Totals,
} from './views.ts';

export interface ConsoleOptions {
  readonly rehearsal: Rehearsal;
  readonly records: Records;
  /** Hears of the executions of this rehearsal from its start. */
  readonly paths: Paths;
  readonly fromMs: number;
  /** Where what is planned ends. */
  readonly untilMs: number;
  /** Whether the shops have confirmation pages under `/demo/`. */
  readonly hasPages: boolean;
}

/** Orders that are named in news; of more the page asks for what it shows anyway. */
const MOST_NAMED = 100;

const PARKED_QUEUE = /^IngressDeadLetters/;

/** Virtual time that passes after a redrive, so that what becomes of it is seen. */
const AFTER_REDRIVE_MS = 10_000;

/** A running rehearsal as somebody looks at it, and what they do with it. */
export class Console {
  readonly pacer: Pacer;
  readonly heard = new Heard();
  readonly messages: Messages;
  readonly deeds: Deeds;
  readonly #options: ConsoleOptions;
  readonly #graphs: ReadonlyMap<string, { readonly machine: string; readonly graph: Graph }>;
  readonly #watching = new Set<() => void>();
  #isVisited = false;

  constructor(options: ConsoleOptions) {
    this.#options = options;
    const { rehearsal, records, fromMs, untilMs } = options;
    const { heard } = this;
    rehearsal.listen((envelope) => {
      heard.hear(envelope);
      return [];
    });
    this.messages = new Messages(() => ({
      outbox: rehearsal.outbox,
      texts: rehearsal.texts,
      pushes: rehearsal.pushes,
      inserts: heard.inserts,
    }));
    this.pacer = new Pacer({
      clock: rehearsal.clock,
      fromMs,
      untilMs,
      eventsHeard: () => heard.fromOutside,
      denials: () => rehearsal.denials,
      onChange: () => this.#changed(),
    });
    const { pacer, messages } = this;
    this.deeds = new Deeds({ rehearsal, pacer, heard, messages, records });
    this.#graphs = new Map(
      rehearsal.cloud.ofType('AWS::StepFunctions::StateMachine').map((resource) => {
        const graph = graphOf(resource);
        return [graph.machine, { machine: resource.name, graph }] as const;
      }),
    );
  }

  /** Whether somebody at a page of a shop waits for an answer now. */
  get isVisited(): boolean {
    return this.#isVisited;
  }

  /** Answers a visitor of a page while the clock stands still. */
  readonly ask: Rehearsal['http'] = (request) =>
    this.pacer.alone(async () => {
      this.#isVisited = true;
      try {
        return await this.#options.rehearsal.http(request);
      } finally {
        this.#isVisited = false;
        this.#changed();
      }
    });

  /** @returns what ends it */
  watch(onChange: () => void): () => void {
    this.#watching.add(onChange);
    return () => this.#watching.delete(onChange);
  }

  state(): StateView {
    return { clock: this.pacer.view(), totals: this.#totals(), shops: this.#shops() };
  }

  /** What has changed since it was asked last. */
  news(): NewsView {
    const orders = this.heard.takeChanged();
    const named = orders.length > MOST_NAMED ? {} : { orders };
    return { clock: this.pacer.view(), totals: this.#totals(), ...named };
  }

  /** @returns nothing when there is no such order */
  async order(shop: string, orderId: string): Promise<OrderView | undefined> {
    const { records, paths, hasPages } = this.#options;
    const found = await records.order(shop, orderId);
    if (found.log.version === 0) return undefined;
    const order = orderOf(found.log.events);
    return orderViewOf({
      records: found,
      transactions: await records.books(shop, orderId),
      journeys: paths.ofOrder(shop, orderId),
      messages: await this.messages.ofOrder(shop, orderId),
      situation: order === undefined ? undefined : this.deeds.situationOf(found, order),
      confirmation:
        hasPages && order !== undefined
          ? `/demo/${shop}/${encodeURIComponent(orderId)}`
          : undefined,
      stageOf: (machine) => this.#stageOf(machine),
    });
  }

  /** Every deployed state machine, with where its executions are. */
  journeys(): readonly GraphView[] {
    return [...this.#graphs.values()].map(({ machine, graph }) => ({
      ...graph,
      ...this.#options.paths.trafficOf(machine),
    }));
  }

  /** What a shop has told of its catalogue, as far as it has a price. */
  products(shop: string): readonly ProductView[] {
    const money = moneyIn('en');
    return [...(this.heard.products.get(shop)?.values() ?? [])].flatMap(({ sku, name, price }) =>
      price === undefined ? [] : [{ sku, name, price: money(price) }],
    );
  }

  parked(): readonly ParkedRow[] {
    return this.#parked().map(parkedRow);
  }

  /**
   * Sends parked events in again, one or all.
   *
   * @returns how many
   * @throws {Refused} when none is parked, or not this one any more
   */
  async redrive(messageId: string | undefined): Promise<number> {
    const { pacer } = this;
    const count = await pacer.alone(async () =>
      this.#options.rehearsal.redriveParked((id) => messageId === undefined || id === messageId),
    );
    if (count === 0) throw new Refused('there is no such parked event any more');
    await pacer.settle(AFTER_REDRIVE_MS);
    return count;
  }

  #changed(): void {
    for (const onChange of this.#watching) onChange();
  }

  #parked(): readonly DeadLetter[] {
    return this.#options.rehearsal.deadLetters().filter(({ queue }) => PARKED_QUEUE.test(queue));
  }

  #totals(): Totals {
    return {
      orders: this.heard.orders.size,
      messages: this.messages.size,
      events: this.heard.fromOutside,
      journeysUnderWay: this.#options.paths.running,
      parked: this.#parked().length,
    };
  }

  #shops(): readonly ShopView[] {
    const { hasPages } = this.#options;
    return Object.entries(config.shops).map(([id, { name }]) => ({
      id,
      name,
      pages: hasPages && sampleShops.some((shop) => shop.id === id) ? `/demo/${id}` : undefined,
    }));
  }

  #stageOf(machine: string): string {
    const known = [...this.#graphs.values()].find((each) => each.machine === machine);
    return known?.graph.machine ?? stageOfMachine(machine);
  }
}

const parkedRow = ({ messageId, body, attributes }: DeadLetter): ParkedRow => {
  const { source, 'detail-type': type } = read(body);
  return {
    messageId,
    type: typeof type === 'string' ? type : 'no event',
    source: typeof source === 'string' ? source : '',
    reason: attributes['reason'] ?? 'failed five times',
    problem: attributes['problem'] ?? '',
    body: pretty(body),
  };
};

/** What is parked may be anything. */
const read = (body: string): Readonly<Record<string, unknown>> => {
  try {
    return { ...Object(JSON.parse(body)) };
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
};

const pretty = (body: string): string => {
  const parsed = read(body);
  return Object.keys(parsed).length === 0 ? body : JSON.stringify(parsed, undefined, 2);
};
