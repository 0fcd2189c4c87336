import * as z from 'zod';

/**
 * What a column holds: text; a whole number of 32 or 64 bits; a double; a truth value; an instant in UTC, written
 * as ISO 8601.
 */
export type ColumnType = 'string' | 'int' | 'bigint' | 'double' | 'boolean' | 'timestamp';

export interface Column {
  readonly type: ColumnType;
  readonly doc: string;
  /** Whether it may be absent. @default false */
  readonly optional?: boolean | undefined;
}

/** One table of the lake, declared once: zod, Parquet, Glue and the documentation follow from it. */
export interface Fact {
  /** What one row is. */
  readonly grain: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const text = (doc: string) => ({ type: 'string', doc }) as const;
const maybeText = (doc: string) => ({ type: 'string', doc, optional: true }) as const;
const time = (doc: string) => ({ type: 'timestamp', doc }) as const;
const maybeWhole = (doc: string) => ({ type: 'int', doc, optional: true }) as const;
const minor = (doc: string) => ({ type: 'bigint', doc }) as const;
const maybeMinor = (doc: string) => ({ type: 'bigint', doc, optional: true }) as const;
const flag = (doc: string) => ({ type: 'boolean', doc }) as const;

/** Rows may come twice: of several with one `fact_id` any one counts. */
const ofShop = {
  fact_id: text('Names the row: the same fact has the same id, however often it is recorded'),
  shop: text('Key of the shop in the configuration'),
  occurred_at: time('When it happened'),
} as const;

const ofOrder = { ...ofShop, order_id: text("The shop's id of the order") } as const;

const customer = {
  customer: maybeText('Pseudonym of the customer; of one who was erased it leads nowhere'),
} as const;

/** Every fact, by the name of its table. */
export const facts = {
  order_lines: {
    grain: 'a line of an order as it was placed or added; test orders have none',
    columns: {
      ...ofOrder,
      ...customer,
      line_id: text('Unique within the order'),
      placed_at: time('When the order was placed; occurred_at of an added line is later'),
      sku: text('What was ordered'),
      category: maybeText('Of the product'),
      kind: text('physical, digital, subscription or service'),
      quantity: { type: 'int', doc: 'Pieces ordered' },
      total_minor: minor('What the customer pays for the line before discounts of the order'),
      currency: text('ISO 4217'),
      country: maybeText('ISO 3166-1, where the order goes'),
      class: text('primary, confirmation_upsell or followup_crosssell'),
      origin_order_id: maybeText('The order whose messages or page brought this line'),
      is_gift: flag('Whether the order is a gift'),
    },
  },
  order_events: {
    grain: 'something that happened to an order, and each of its lines that it names',
    columns: {
      ...ofOrder,
      type: text('The event: OrderPlaced, ShipmentDelivered, RefundIssued, …'),
      status: text(
        'Of the order once the event was applied: open, dispatched, delivered, cancelled, …',
      ),
      line_id: maybeText('Absent: of the whole order, or of lines that it does not name'),
      quantity: maybeWhole('Pieces of the line'),
      amount_minor: maybeMinor('Of the event, on its first row alone'),
      currency: maybeText('Of the amount'),
      reason: maybeText('A word of the contract: why it was refunded, how a dispute ended'),
      parcel_id: maybeText('Of what happened to a parcel'),
    },
  },
  touches: {
    grain: 'a decision on a touch; one that was held is decided again',
    columns: {
      ...ofOrder,
      ...customer,
      touch: text('What the message is: order-confirmation, care-guide, …'),
      touch_id: text('Names the touch within its order'),
      purpose: text('transactional, service or marketing'),
      turn: { type: 'int', doc: 'Counts the decisions on the touch, from 1' },
      decision: text('send, reroute, hold or drop'),
      channel: maybeText('Of a decision to send'),
      reason: maybeText('Why it was held or dropped'),
    },
  },
  message_events: {
    grain: 'something that happened to a message',
    columns: {
      ...ofOrder,
      touch: text('What the message is'),
      touch_id: text('Names the touch within its order'),
      channel: text('email, sms, push, inbox, insert or audience'),
      message_id: text("The provider's id"),
      kind: text('sent, delivered, bounced, complained or clicked'),
      link: maybeText('Which link was clicked'),
      segments: maybeWhole('Parts that an SMS was sent in'),
      in_doubt: flag('Whether a crash leaves open that the customer got it before'),
      personalised: maybeText(
        'Of a message that was sent: what of it depends on the order or the customer, joined by commas',
      ),
    },
  },
  sessions: {
    grain: 'a view of a confirmation page; the first of a session opens it',
    columns: {
      ...ofOrder,
      session_id: text('One an order, closed 24 hours after its first view'),
      kind: text('opened or viewed'),
    },
  },
  impressions: {
    grain: 'an offer that was shown, or what the customer did with it',
    columns: {
      ...ofOrder,
      session_id: text('In which it was shown'),
      impression_id: text('Names the showing; what is done with it has the same'),
      offer_id: text('What was offered'),
      offer_type: maybeText(
        'upsell, cross-sell, subscription, loyalty, referral, review or partner',
      ),
      sku: maybeText('The product of an offer of one'),
      partner: maybeText('Whose offer it is'),
      kind: text(
        'shown, clicked, accepted or dismissed; confirmed, refused or expired by the order system',
      ),
      slot: maybeWhole('Place on the page, from 1'),
      propensity: {
        type: 'double',
        optional: true,
        doc: 'How likely the policy was to show it there',
      },
      policy: maybeText('What decided: name and version of the rule'),
      context: maybeText('What counters are kept by: returning/strong'),
      candidates: maybeWhole('How many offers could have been shown'),
      candidate_set: maybeText('Hash of which those were'),
      snapshot: maybeText('Names the counters that the decision was made by'),
      value_minor: maybeMinor("What a success is worth, minor units of the shop's currency"),
      is_exploration: {
        type: 'boolean',
        optional: true,
        doc: 'Whether the session was one in which any offer was as likely as any other',
      },
    },
  },
  ledger_entries: {
    grain: 'the part of a ledger entry that one touch, session or code is credited with',
    columns: {
      ...ofOrder,
      transaction_id: text('Its entries sum to zero'),
      transaction_type: text(
        'sale, amendment, cancellation, refund, dispute, commission, adjustment, …',
      ),
      entry_id: text('Hash of event, line and kind'),
      account: text(
        'receivable, revenue, shipping, tax, commission, goodwill, adjustment or difference',
      ),
      kind: text('What the entry is for: goods, discount, shipping, tax, commission, …'),
      class: maybeText('primary, confirmation_upsell, followup_crosssell or partner_commission'),
      line_id: maybeText('Of the line that it is for'),
      sku: maybeText('Of the line'),
      category: maybeText('Of the line'),
      amount_minor: minor('Debits above zero, credits below: what was earned is below zero'),
      currency: text('ISO 4217'),
      exponent: { type: 'int', doc: 'Digits that the minor unit lies behind the unit: 2 for EUR' },
      reporting_minor: minor(
        'The amount in the reporting currency, at the rate frozen with the order',
      ),
      reporting_currency: text('ISO 4217'),
      reporting_exponent: { type: 'int', doc: 'As exponent, of the reporting currency' },
      reverses: maybeText('The entry that this one takes back'),
      credit_kind: maybeText('touch, session or code; absent of what nothing of ours brought'),
      credit_id: maybeText('Of the touch, the session or the code'),
      credit_order_id: maybeText('The order whose touch or session it was'),
      credit_touch: maybeText('Name of the touch'),
      credit_channel: maybeText('By which it went out'),
      credit_offer_id: maybeText('The offer that was taken up'),
    },
  },
  service_signals: {
    grain: 'a case, a return, an answer or a review',
    columns: {
      ...ofShop,
      ...customer,
      order_id: maybeText('Of the order that it is about'),
      kind: text(
        'case_opened, case_closed, return_requested, return_received, survey_answered or review_posted',
      ),
      case_id: maybeText("The service desk's id, or the return's"),
      topic: maybeText("What a case is about, in the service desk's own words"),
      survey: maybeText('csat or nps'),
      score: maybeWhole('Of an answer, or the stars of a review'),
      touch: maybeText('The touch by which an answer was asked for'),
    },
  },
  exposures: {
    grain: 'a moment at which an arm of an experiment would have shown',
    columns: {
      ...ofShop,
      ...customer,
      experiment: text('Key of the experiment in the configuration; `holdout` of the holdout'),
      arm: text('Which the customer is in'),
      order_id: maybeText('For which it would have shown'),
      touch: maybeText('In which touch'),
      touch_id: maybeText('Names the touch within its order'),
      session_id: maybeText('In which session'),
    },
  },
  customer_links: {
    grain: 'two pseudonyms that turned out to be one customer',
    columns: {
      ...ofShop,
      customer: text('Pseudonym that is no more used'),
      merged_into: text('Pseudonym of the customer that it is now'),
    },
  },
} as const satisfies Readonly<Record<string, Fact>>;

export type FactName = keyof typeof facts;

export const factNames = Object.keys(facts).filter((name): name is FactName =>
  Object.hasOwn(facts, name),
);

type ValueOf<Type extends ColumnType> = Type extends 'string' | 'timestamp'
  ? string
  : Type extends 'boolean'
    ? boolean
    : number;

type Columns<Name extends FactName> = (typeof facts)[Name]['columns'];

type OptionalKeys<Of> = {
  [Key in keyof Of]: Of[Key] extends { readonly optional: true } ? Key : never;
}[keyof Of];

type Rows<Of extends Readonly<Record<string, Column>>> = {
  readonly [Key in Exclude<keyof Of, OptionalKeys<Of>>]: ValueOf<Of[Key]['type']>;
} & {
  readonly [Key in OptionalKeys<Of>]?: ValueOf<Of[Key]['type']> | undefined;
};

/** A row of a fact's table. */
export type FactRow<Name extends FactName> = Rows<Columns<Name>>;

/** A row with the table that it belongs to; `factSchema` tells whether the table takes it. */
export interface AnyFact {
  readonly fact: FactName;
  readonly row: Readonly<Record<string, string | number | boolean | undefined>>;
}

const schemaOf: Readonly<Record<ColumnType, z.ZodType>> = {
  string: z.string(),
  timestamp: z.iso.datetime(),
  int: z.int32(),
  bigint: z.int(),
  double: z.number(),
  boolean: z.boolean(),
};

const made = new Map<FactName, z.ZodType>();

/** Checks a row as its table takes it: every column of its type, and no other. */
export const factSchema = (name: FactName): z.ZodType => {
  // Zod compiles a schema at its first use, which takes longer than checking hundreds of rows.
  const schema = made.get(name) ?? schemaOfFact(name);
  made.set(name, schema);
  return schema;
};

const schemaOfFact = (name: FactName): z.ZodType => {
  const columns: Readonly<Record<string, Column>> = facts[name].columns;
  return z.strictObject(
    Object.fromEntries(
      Object.entries(columns).map(([column, { type, optional = false }]) => [
        column,
        optional ? schemaOf[type].optional() : schemaOf[type],
      ]),
    ),
  );
};

/** The partition of the lake: the day on which Firehose got a row, in UTC. */
export const LAKE_PARTITION = 'dt';
