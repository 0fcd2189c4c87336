import { join } from 'node:path';
import type { ExecutionDescription } from './asl/execution.ts';
import { MapRunLog } from './asl/map-runs/map-run-log.ts';
import type { Cloud } from './assembly/cloud.ts';
import type { VirtualClock } from './clock.ts';
import { Meter } from './cost/meter.ts';
import type { FaultInjector, Injected } from './faults.ts';
import { type Deed, isRequest, type TimedEvent, type TimedRequest } from './input/timed-event.ts';
import { seededRandom } from './random.ts';
import { LooseEnds } from './loose-ends.ts';
import { hiccupsOf, type RehearsalOptions } from './rehearsal-options.ts';
import { functionsOf, makeParts, type Parts } from './parts.ts';
import { AsyncInvocations } from './services/async-invocations.ts';
import type { Authorizer, Denial } from './services/authorizer.ts';
import { type Bedrock, bedrockOf } from './services/bedrock.ts';
import { BedrockJobs } from './services/bedrock-jobs.ts';
import { Channels } from './services/channels.ts';
import { type DeadLetter, redriveParked } from './services/dead-letters.ts';
import type { Tables } from './services/dynamodb.ts';
import { type Envelope, EventBus } from './services/event-bus.ts';
import { type EventArchive, keepArchive } from './services/event-archive.ts';
import type { Gateway } from './services/gateway.ts';
import type { HttpAnswer } from './services/http-answer.ts';
import { HttpApi } from './services/http-api.ts';
import type { HttpRequest } from './services/http-event.ts';
import { type AskHttp, httpOnTheClock } from './services/http-on-the-clock.ts';
import { inBackground } from './services/in-background.ts';
import { LakeServices } from './services/lake-services.ts';
import { Lambdas } from './services/lambdas.ts';
import type { SentMail } from './services/mail.ts';
import type { PackedMails } from './services/packed-mail.ts';
import { Objects } from './services/objects.ts';
import { Queues } from './services/queues.ts';
import { type Scheduled, Scheduler } from './services/scheduler.ts';
import { Rotations } from './services/rotations.ts';
import { Secrets } from './services/secrets.ts';
import { type RefusedEvent, Senders } from './services/senders.ts';
import type { SentMessage, SentPush, SentText } from './services/sent-message.ts';
import { type Visit, visited } from './services/visits.ts';
import { StackSchedules } from './services/stack-schedules.ts';
import { StateMachines } from './services/state-machines.ts';
import type { InboundText } from './services/texts.ts';

/** What somebody who hears of an event does: at once what is overdue, the rest at its time. */
export type Listener = (envelope: Envelope) => readonly Deed[] | Promise<readonly Deed[]>;

const HOUR_MS = 3_600_000;

/** The deployed product on one machine: synthesized stacks, real bundles, virtual time. */
export class Rehearsal {
  readonly clock: VirtualClock;
  readonly cloud: Cloud;
  readonly executions: ExecutionDescription[] = [];
  /** The runs of Distributed Maps, whose child executions are not among the executions. */
  readonly mapRuns = new MapRunLog();
  /** Events that followed from what customers did after a message. */
  readonly reactions: TimedEvent[] = [];
  /** What customers asked of the pages, and the answers. */
  readonly visits: Visit[] = [];
  readonly #faults: FaultInjector;
  readonly #gateway: Gateway;
  readonly #authorizer: Authorizer;
  readonly #lambdas: Lambdas;
  readonly #queues: Queues;
  readonly #invocations: AsyncInvocations;
  readonly #bus: EventBus;
  #archive: EventArchive | undefined;
  readonly #scheduler: Scheduler;
  readonly #machines: StateMachines;
  readonly #channels: Channels;
  readonly #bedrock: Bedrock;
  readonly #rotations: Rotations;
  readonly #stackSchedules: StackSchedules;
  /** What delivery streams wrote, and the queries of it. */
  readonly lake: LakeServices;
  /** What somebody who is given a secret by hand has: its value now, by how its name in the template begins. */
  readonly secretValue: (logicalId: string) => string;
  readonly tables: Tables;
  /** What is in the buckets. */
  readonly objects: Objects;
  /** What has begun and not ended. */
  readonly looseEnds: LooseEnds;
  /** The shops' systems, and what became of what they sent. */
  readonly senders: Senders;
  /** What was used, by what AWS charges for. */
  readonly meter: Meter;
  /** Sends a request to the HTTP API of the stacks at the virtual now, and lets what it sets off end. */
  readonly http: AskHttp;
  /** The same beside others, as they come, with what it sets off left for the clock to do. */
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer>;
  /** The names that the HTTP APIs have on AWS; none without an API. */
  readonly domainNames: readonly string[];

  private constructor(parts: Parts) {
    const { clock, cloud, gateway, authorizer, tables, options, faults } = parts;
    const logDir = join(options.stateDir, 'logs');
    this.clock = clock;
    this.#faults = faults;
    this.cloud = cloud;
    this.tables = tables;
    this.#gateway = gateway;
    this.meter = new Meter(() => clock.now());
    this.#authorizer = authorizer;
    const { idsAfter } = options;
    const metered = { cloud, clock, authorizer, meter: this.meter, idsAfter };
    this.#lambdas = new Lambdas({ ...metered, ...functionsOf(parts), logDir });
    const lambdas = this.#lambdas;
    const hiccup = hiccupsOf(options);
    const queues = new Queues({ ...metered, lambdas, hiccup });
    const invocations = new AsyncInvocations({ cloud, clock, authorizer, lambdas, queues });
    this.#queues = queues;
    this.#invocations = invocations;
    this.#bus = new EventBus({ ...metered, lambdas, queues, invocations, faults });
    this.senders = new Senders({ ...metered, bus: this.#bus, faults });
    this.#scheduler = new Scheduler({ ...metered, queues, invocations, hiccup });
    this.lake = new LakeServices({ cloud, clock, authorizer, stateDir: options.stateDir });
    this.objects = new Objects({ cloud, clock, authorizer, stateDir: options.stateDir });
    this.#bedrock = bedrockOf({ cloud, authorizer }, options);
    const { objects } = this;
    const jobs = new BedrockJobs({ cloud, clock, authorizer, objects, bedrock: this.#bedrock });
    this.#machines = new StateMachines({
      ...metered,
      objects,
      onMapProgress: this.mapRuns.hear,
      lambdas,
      bus: this.#bus,
      integrations: { ...this.lake.integrations, ...jobs.integrations },
      hiccup,
      random: seededRandom(`${options.seed}/engine`),
      onHistoryEvent: options.onHistoryEvent,
      onExecutionEnd: (execution) => this.executions.push(execution),
    });
    const onArrival = (message: SentMessage): void => this.#onArrival(message, options);
    const sending = { ...metered, queues, bus: this.#bus, onArrival };
    this.#channels = new Channels({ ...sending, settings: { ...options, faults } });
    const api = new HttpApi({ cloud, clock, authorizer, lambdas });
    this.http = httpOnTheClock(clock, api);
    this.answer = (request) => clock.track(api.answer(request));
    this.domainNames = api.domainNames;
    const secrets = new Secrets({ cloud, clock, authorizer, seed: options.seed });
    this.secretValue = (logicalId) => secrets.currentValue(logicalId);
    this.#rotations = new Rotations({ cloud, clock, authorizer, lambdas, secrets });
    const targets = { queues, invocations, states: this.#machines.service };
    const machines = this.#machines;
    this.looseEnds = new LooseEnds({ ...metered, bus: this.#bus, machines, ...targets });
    this.#stackSchedules = new StackSchedules({ cloud, clock, authorizer, ...targets });
    this.#serve(secrets);
  }

  #serve(secrets: Secrets): void {
    this.#gateway.serve(
      {
        dynamodb: this.tables.service,
        sqs: this.#queues.service,
        events: this.#bus.service,
        scheduler: this.#scheduler.service,
        states: this.#machines.service,
        s3: this.objects.service,
        ...this.lake.services,
        ...this.#channels.services,
        bedrock: this.#bedrock.service,
        secretsmanager: secrets.service,
      },
      (name) => `arn:aws:iam::${this.cloud.account}:role/${name}`,
      (call, role) => this.meter.callOfFunction(call, role),
      (call, serve) => this.#lambdas.around(call, serve),
    );
  }

  /**
   * Reads the assembly, makes what its templates describe and loads every function. What a role
   * lacks for that is a denial like any other: the run ends with it before it begins.
   */
  static async boot(options: RehearsalOptions): Promise<Rehearsal> {
    const parts = await makeParts(options);
    try {
      const rehearsal = new Rehearsal(parts);
      rehearsal.#archive = keepArchive({ ...parts, bus: rehearsal.#bus, file: options.archive });
      await rehearsal.#start();
      return rehearsal;
    } catch (error) {
      await parts.gateway.close();
      throw error;
    }
  }

  async #start(): Promise<void> {
    try {
      this.#machines.start();
      this.lake.start();
      this.#invocations.start();
      await this.#lambdas.start();
      this.#rotations.start();
      this.#stackSchedules.start();
      if (this.#faults.strikesFunctions) this.looseEnds.watch(this.#faults.quietFromMs);
    } catch (error) {
      if (this.denials.length > 0) return;
      this.#lambdas.stop();
      throw error;
    }
  }

  /** Every e-mail that SES took. */
  get outbox(): readonly SentMail[] {
    return this.#channels.outbox;
  }

  /** The same, to be handed to another thread. */
  packedOutbox(): PackedMails {
    return this.#channels.packedOutbox();
  }

  /** Every text that was taken, and the answers to keywords. */
  get texts(): readonly SentText[] {
    return this.#channels.texts;
  }

  /** Every push notification that a device got. */
  get pushes(): readonly SentPush[] {
    return this.#channels.pushes;
  }

  /** Events that the bus did not take, as their senders were told. */
  get refused(): readonly RefusedEvent[] {
    return this.senders.refused;
  }

  /** Events that were put on the bus from outside. */
  get eventsPut(): number {
    return this.senders.count;
  }

  /** How often each fault happened. */
  get injected(): Injected & Bedrock['injected'] {
    return { ...this.#faults.injected, ...this.#bedrock.injected };
  }

  /** A customer sends a text to the pool that last wrote to them, or to the only one. */
  receiveText(text: InboundText): void {
    this.#channels.receiveText(text);
  }

  get denials(): readonly Denial[] {
    return this.#authorizer.denials;
  }

  /** Runs that have not ended, with their transitions so far. */
  running(): readonly ExecutionDescription[] {
    return [...this.#machines.engine.executions()].filter(({ status }) => status === 'RUNNING');
  }

  /** Schedules that have not fired. */
  get scheduled(): readonly Scheduled[] {
    return this.#scheduler.scheduled;
  }

  get invocations(): ReadonlyMap<string, number> {
    return this.#lambdas.invocations;
  }

  /** Real milliseconds of each invocation, by function. */
  get durations(): ReadonlyMap<string, readonly number[]> {
    return this.#lambdas.durations;
  }

  get requests(): ReadonlyMap<string, number> {
    return this.#gateway.requests;
  }

  /** Real milliseconds that the services took to answer functions. */
  get servedMs(): ReadonlyMap<string, number> {
    return this.#gateway.servedMs;
  }

  /** Real milliseconds in which a function ran, its calls to services included. */
  get busyMs(): number {
    return this.#lambdas.busyMs;
  }

  /** Grants of the templates that nothing has needed. */
  unusedGrants(): readonly string[] {
    return this.#authorizer.unusedGrants().map(({ id }) => id);
  }

  /** What lies in the queues that no function works off: parked events, undelivered messages. */
  deadLetters(): readonly DeadLetter[] {
    return this.looseEnds.deadLetters();
  }

  /**
   * An operator sends parked events in again, as `npm run parked -- --redrive` does.
   *
   * @param isMeant which, by the message's id. @default all
   * @returns how many
   */
  redriveParked(isMeant: (messageId: string) => boolean = () => true): number {
    return redriveParked(this.cloud, this.#queues, isMeant);
  }

  /**
   * An operator starts a state machine, by how its name in the template begins.
   *
   * @returns the execution's ARN
   */
  startMachine(logicalId: string, name: string, input: object): string {
    return this.#machines.startByHand(logicalId, name, input);
  }

  /** Puts every event on the bus when its time comes. */
  schedule(events: readonly TimedEvent[]): void {
    for (const event of events) this.clock.at(event.atMs, () => this.senders.put(event));
  }

  /** Has customers do what they will do, each at its time. */
  plan(deeds: readonly Deed[]): void {
    for (const deed of deeds)
      if (isRequest(deed)) this.clock.at(deed.atMs, () => this.#visit(deed));
      else {
        this.reactions.push(deed);
        this.schedule([deed]);
      }
  }

  /** Has a system or customer of the shops hear of everything on the ingress bus, and do what follows. */
  listen(hear: Listener): void {
    this.#bus.listen((envelope) =>
      inBackground(this.clock, async () => this.plan(await hear(envelope))),
    );
  }

  #visit(visit: TimedRequest): void {
    inBackground(this.clock, async () => {
      this.plan(await visited(this.http, visit, this.visits));
    });
  }

  /**
   * Lets time pass up to `untilMs`, an hour at a time, and ends early on the first call that the
   * deployed policies would refuse.
   */
  async run(untilMs: number, onProgress: (nowMs: number) => void = () => undefined): Promise<void> {
    while (this.clock.now() < untilMs && this.denials.length === 0) {
      await this.clock.runUntil(Math.min(this.clock.now() + HOUR_MS, untilMs));
      onProgress(this.clock.now());
    }
    this.#lambdas.writeLogs();
  }

  async stop(): Promise<void> {
    this.#archive?.close();
    this.#lambdas.stop();
    await this.lake.stop();
    await this.#gateway.close();
  }

  #onArrival(message: SentMessage, { react }: RehearsalOptions): void {
    this.plan(react?.(message) ?? []);
  }
}
