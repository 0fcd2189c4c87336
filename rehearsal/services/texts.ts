import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { FaultInjector } from '../faults.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { inBackground } from './in-background.ts';
import type { SentText } from './sent-message.ts';
import type { Service } from './service.ts';
import { SMS_SERVICE, tellOfText, type TextEventType, type TrackedText } from './text-events.ts';
import { assumedPrices, dollars, sizeOf, type TextPrices } from './text-price.ts';
import { readTextRequest, type TextRequest } from './text-request.ts';
import {
  configurationSetsOf,
  type Keyword,
  type Pool,
  poolsOf,
  type ProtectConfiguration,
  protectConfigurationsOf,
  type TextConfigurationSet,
} from './text-resources.ts';
import type { Topics } from './topics.ts';

export interface TextsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly topics: Topics;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  readonly faults: FaultInjector;
  /** @default `assumedPrices` */
  readonly prices?: TextPrices | undefined;
  /** @param arrived whether the phone has got it */
  readonly onText: (text: SentText, arrived: boolean) => void;
}

/** A text that a customer sends. */
export interface InboundText {
  /** E.164. */
  readonly from: string;
  readonly body: string;
}

interface Exchange {
  readonly pool: Pool;
  readonly messageId: string;
}

/** How long a text takes to its phone: assumption. */
const DELIVERY_MS = 4_000;

/** A customer answers STOP after five to thirty minutes: assumption. */
const STOP_MS = { soonest: 5 * 60_000, latest: 30 * 60_000 } as const;

/** Carriers block links that public shorteners hide (user guide, "Best practices"). */
const SHORTENED_LINK = /\b(?:bit\.ly|goo\.gl|t\.co|tinyurl\.com)\//i;

/** AWS End User Messaging SMS: texts from the pools of the templates, and to them. */
export class Texts {
  readonly #options: TextsOptions;
  readonly #pools: readonly Pool[];
  readonly #sets: readonly TextConfigurationSet[];
  readonly #protects: readonly ProtectConfiguration[];
  /** Numbers by opt-out list. */
  readonly #optedOut = new Map<string, Set<string>>();
  /** The last text to a number, by the number. */
  readonly #last = new Map<string, Exchange>();
  #ids: number;

  constructor(options: TextsOptions) {
    this.#options = options;
    this.#ids = options.idsAfter ?? 0;
    this.#pools = poolsOf(options.cloud);
    this.#sets = configurationSetsOf(options.cloud);
    this.#protects = protectConfigurationsOf(options.cloud);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation !== 'SendTextMessage')
      throw new AwsError('InvalidAction', `SMS ${operation} is not modelled by the rehearsal`);
    return { MessageId: this.#send(principal, readTextRequest(input)) };
  };

  /**
   * Takes in a text to the pool that last wrote to its sender, or to the only one.
   *
   * @throws when there is none, or when it cannot be answered
   */
  receive({ from, body }: InboundText): void {
    const last = this.#last.get(from);
    const pool = last?.pool ?? this.#onlyPool(from);
    if (!pool.sender.startsWith('+'))
      throw new Error(`${pool.id} sends as ${pool.sender}, which nobody can answer`);
    const keyword = keywordOf(pool, body);
    if (keyword !== undefined && !(keyword.isMandatory && pool.isSelfManaged))
      this.#act(pool, keyword, from);
    this.#publishInbound(pool, { from, body }, keyword, last);
  }

  #send(principal: Principal, request: TextRequest): string {
    const pool = this.#poolFor(principal, request.OriginationIdentity);
    const set = this.#setFor(request.ConfigurationSetName);
    const to = request.DestinationPhoneNumber;
    const country = countryOf(to);
    const protect = this.#protectFor(request, set, country);
    if (this.#listOf(pool).has(to))
      throw conflict(
        'DESTINATION_PHONE_NUMBER_OPTED_OUT',
        `Destination phone number is opted out: it is in the opt-out list ${pool.optOutList}`,
      );
    const { prices = assumedPrices } = this.#options;
    const { perPart, carrierFee } = prices[country ?? 'other'] ?? prices.other;
    const { parts, encoding } = sizeOf(request.MessageBody);
    assertPrice(request, parts * (perPart + carrierFee));
    const sent = this.#textOf(pool, to, request.MessageBody, {
      context: request.Context,
      parts,
      price: dollars(parts * perPart),
    });
    if (request.DryRun) return sent.messageId;
    const fee = dollars(parts * carrierFee);
    this.#follow({ sent, request, set, country, encoding, carrierFee: fee, protect }, pool);
    return sent.messageId;
  }

  #follow(text: TrackedText, pool: Pool): void {
    const { clock, faults, onText } = this.#options;
    const { sent } = text;
    this.#last.set(sent.to, { pool, messageId: sent.messageId });
    const { type, inMs } = this.#fateOf(text);
    tellOfText(this.#options, text, 'TEXT_QUEUED', 0);
    tellOfText(this.#options, text, type, inMs);
    const arrived = type === 'TEXT_DELIVERED';
    onText(sent, arrived);
    if (!arrived || !pool.sender.startsWith('+') || !faults.stops(sent.messageId)) return;
    const draw = faults.draw('stop-after', sent.messageId);
    const afterMs = STOP_MS.soonest + draw * (STOP_MS.latest - STOP_MS.soonest);
    clock.at(clock.now() + inMs + Math.round(afterMs), () =>
      inBackground(clock, () => this.receive({ from: sent.to, body: 'STOP' })),
    );
  }

  #fateOf({ sent, request, country }: TrackedText): { type: TextEventType; inMs: number } {
    const { faults } = this.#options;
    if (country === undefined || faults.bounces(sent.to))
      return { type: 'TEXT_INVALID', inMs: DELIVERY_MS };
    if (SHORTENED_LINK.test(sent.body)) return { type: 'TEXT_CARRIER_BLOCKED', inMs: DELIVERY_MS };
    if (faults.isUnreachable(sent.to))
      return { type: 'TEXT_TTL_EXPIRED', inMs: request.TimeToLive * 1000 };
    return { type: 'TEXT_DELIVERED', inMs: DELIVERY_MS };
  }

  /**
   * IAM asks for the origination identity alone, here the pool: the service authorization reference has
   * no configuration set, opt-out list or protect configuration among the resources of SendTextMessage.
   */
  #poolFor(principal: Principal, identity: string): Pool {
    const { authorizer, cloud } = this.#options;
    const pool = this.#pools.find(({ arn, id }) => arn === identity || id === identity);
    const asked = identity.startsWith('arn:')
      ? identity
      : `arn:aws:sms-voice:${cloud.region}:${cloud.account}:pool/${identity}`;
    const resource = pool?.arn ?? asked;
    authorizer.assert({ principal, action: 'sms-voice:SendTextMessage', resource });
    if (pool === undefined) throw notFound('pool', identity);
    return pool;
  }

  #setFor(name: string | undefined): TextConfigurationSet | undefined {
    if (name === undefined) return undefined;
    const set = this.#sets.find((each) => each.name === name || each.arn === name);
    if (set === undefined) throw notFound('configuration-set', name);
    return set;
  }

  /** The request's own protect configuration goes before that of its configuration set. */
  #protectFor(
    { ProtectConfigurationId }: TextRequest,
    set: TextConfigurationSet | undefined,
    country = '',
  ): TrackedText['protect'] {
    const id = ProtectConfigurationId ?? set?.protectConfigurationId;
    if (id === undefined) return undefined;
    const protect = this.#protects.find((each) => each.id === id);
    if (protect === undefined) throw notFound('protect-configuration', id);
    const status = protect.statuses.get(country) ?? 'ALLOW';
    if (status === 'BLOCK')
      throw conflict(
        'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
        `Destination country ${country} is blocked by the protect configuration ${id}`,
      );
    return { id, status };
  }

  #onlyPool(from: string): Pool {
    const [pool, ...others] = this.#pools;
    if (pool === undefined || others.length > 0)
      throw new Error(
        `a text from ${from} cannot be taken in: nothing was sent there and there are ${this.#pools.length} pools, not one`,
      );
    return pool;
  }

  #listOf({ optOutList }: Pool): Set<string> {
    const list = this.#optedOut.get(optOutList) ?? new Set();
    this.#optedOut.set(optOutList, list);
    return list;
  }

  /** The answer goes out whether the sender has opted out or not, and has no events. */
  #act(pool: Pool, { action, answer }: Keyword, from: string): void {
    if (action === 'OPT_OUT') this.#listOf(pool).add(from);
    if (action === 'OPT_IN') this.#listOf(pool).delete(from);
    const { parts } = sizeOf(answer);
    const said = { context: {}, parts, price: 0, isKeywordAnswer: true };
    this.#options.onText(this.#textOf(pool, from, answer, said), true);
  }

  /** User guide, "Example of a two-way SMS message payload for Amazon SNS topics". */
  #publishInbound(
    { arn, identityArns, sender, twoWayTopicArn }: Pool,
    { from, body }: InboundText,
    keyword: Keyword | undefined,
    last: Exchange | undefined,
  ): void {
    if (twoWayTopicArn === undefined) return;
    const { cloud, topics } = this.#options;
    const payload = {
      originationNumber: from,
      destinationNumber: sender,
      messageKeyword: keyword?.word ?? `KEYWORD_${cloud.account}`,
      messageBody: body,
      inboundMessageId: this.#nextId(),
      ...(last === undefined ? {} : { previousPublishedMessageId: last.messageId }),
    };
    const publisher = { service: SMS_SERVICE, sourceArns: [arn, ...identityArns] };
    topics.publish(twoWayTopicArn, publisher, JSON.stringify(payload));
  }

  #textOf(
    { sender }: Pool,
    to: string,
    body: string,
    said: Pick<SentText, 'context' | 'parts' | 'price'> & Partial<SentText>,
  ): SentText {
    const at = new Date(this.#options.clock.now()).toISOString();
    return {
      messageId: this.#nextId(),
      at,
      from: sender,
      to,
      body,
      isKeywordAnswer: false,
      ...said,
    };
  }

  #nextId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-b000-${String(this.#ids).padStart(12, '0')}`;
  }
}

/**
 * ISO 3166-1 alpha-2; the first of those that share a calling code where the number belongs to none of
 * them, as numbers for drama do. None for a calling code that nobody has.
 */
const countryOf = (number: string): string | undefined => {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.country ?? parsed?.getPossibleCountries()[0];
};

/** A text begins with its keyword, in whatever case (user guide, "Keywords"). */
const keywordOf = ({ keywords }: Pool, body: string): Keyword | undefined => {
  const said = body.trim().toUpperCase();
  return keywords.find(
    ({ word }) => said.startsWith(word) && !/^[\p{L}\p{N}]/u.test(said.slice(word.length)),
  );
};

const assertPrice = ({ MaxPrice }: TextRequest, price: number): void => {
  if (MaxPrice === undefined || price <= Number(MaxPrice)) return;
  throw new AwsError(
    'ValidationException',
    `The message costs ${dollars(price)} US dollars, more than its MaxPrice ${MaxPrice}`,
    { members: { Reason: 'PRICE_OVER_THRESHOLD' } },
  );
};

const conflict = (Reason: string, message: string): AwsError =>
  new AwsError('ConflictException', message, { members: { Reason } });

const notFound = (ResourceType: string, ResourceId: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Resource not found: ${ResourceType} ${ResourceId}`, {
    members: { ResourceType, ResourceId },
  });
