/** What the page is told, as JSON. Times are ISO 8601 in UTC, or milliseconds since the epoch where they end in `Ms`. */

export interface ClockView {
  readonly nowMs: number;
  readonly fromMs: number;
  /** Where what is planned ends. */
  readonly untilMs: number;
  readonly mode: 'paused' | 'playing' | 'skipping';
  readonly pace?: 'hour' | 'day' | 'fast' | undefined;
  /** Why the rehearsal cannot go on. */
  readonly problem?: string | undefined;
}

/** How much there is, by what the page lists. */
export interface Totals {
  readonly orders: number;
  readonly messages: number;
  readonly events: number;
  readonly journeysUnderWay: number;
  readonly parked: number;
}

export interface StateView {
  readonly clock: ClockView;
  readonly totals: Totals;
  readonly shops: readonly ShopView[];
}

export interface ShopView {
  readonly id: string;
  readonly name: string;
  /** Path of its confirmation pages. */
  readonly pages?: string | undefined;
}

/** What changed since the last one: the page asks for what it shows of it. */
export interface NewsView {
  readonly clock: ClockView;
  readonly totals: Totals;
  /** Keys of orders, `<shop>#<id>`; absent where more changed than are worth naming. */
  readonly orders?: readonly string[] | undefined;
}

export interface OrderRow {
  readonly shop: string;
  readonly orderId: string;
  readonly status: string;
  readonly placedAt: string;
  /** What was heard of it last. */
  readonly last: string;
  readonly lastAt: string;
  readonly events: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** That fit the filter, on all pages. */
  readonly total: number;
  /** From 0. */
  readonly from: number;
  /** Values to filter by. */
  readonly choices: readonly string[];
}

export interface LineView {
  readonly lineId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly price: string;
  readonly cancelled: number;
  readonly toDispatch: number;
  readonly toDeliver: number;
}

export interface ParcelView {
  readonly parcelId: string;
  readonly status: string;
  readonly lines: string;
}

export interface TimelineView {
  readonly at: string;
  readonly kind: 'event' | 'milestone' | 'wait' | 'touch' | 'journey';
  readonly what: string;
  readonly because: readonly string[];
}

/** What an order waits for, and until when. */
export interface WaitView {
  readonly what: string;
  readonly until?: string | undefined;
}

export interface OrderView {
  readonly shop: string;
  readonly orderId: string;
  readonly status: string;
  readonly customer: string;
  readonly total: string;
  readonly lines: readonly LineView[];
  readonly parcels: readonly ParcelView[];
  readonly timeline: readonly TimelineView[];
  readonly waits: readonly WaitView[];
  readonly profile: readonly string[];
  readonly planned: readonly string[];
  readonly journeys: readonly JourneyView[];
  readonly messages: readonly MessageRow[];
  readonly books: BooksView;
  /** What the confirmation page showed, and what became of it, a line each. */
  readonly page: readonly string[];
  /** Path of its confirmation page, where the shop is one of the samples. */
  readonly confirmation?: string | undefined;
  readonly deeds: readonly DeedView[];
}

/** What can be tried on an order now. */
export interface DeedView {
  readonly kind: string;
  readonly label: string;
  /** Why it makes no sense now; absent where it does. */
  readonly refusal?: string | undefined;
}

export interface JourneyView {
  readonly name: string;
  readonly machine: string;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  readonly error?: string | undefined;
  readonly path: readonly StepView[];
}

/** A stay in a state. */
export interface StepView {
  readonly state: string;
  readonly enteredAt: string;
  /** Absent while it is in it. */
  readonly leftAt?: string | undefined;
}

export interface GraphView {
  readonly machine: string;
  readonly comment: string;
  readonly startAt: string;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
  /** How many executions are in each state now. */
  readonly now: Readonly<Record<string, number>>;
  readonly started: number;
  readonly running: number;
}

export interface GraphState {
  readonly name: string;
  readonly type: string;
  readonly comment?: string | undefined;
  readonly isEnd: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch' | 'each';
  /** The condition or the error. */
  readonly label?: string | undefined;
}

export type MessageChannel = 'email' | 'sms' | 'push' | 'insert';

export interface MessageRow {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly at: string;
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  readonly to: string;
  /** Subject, or the beginning of the text. */
  readonly head: string;
}

export interface MessageView extends MessageRow {
  /** Text of an SMS, a push or a card; the text part of an e-mail. */
  readonly text: string;
  readonly title?: string | undefined;
  readonly from?: string | undefined;
  /** Where the e-mail can be shown in a frame. */
  readonly path?: string | undefined;
  /** Links of an SMS or push to our pages, as paths of this site. */
  readonly links: readonly string[];
  readonly note?: string | undefined;
}

export interface BalanceRow {
  readonly account: string;
  readonly class: string;
  readonly line: string;
  readonly amount: string;
}

export interface EntryRow {
  readonly at: string;
  readonly orderId: string;
  readonly shop: string;
  readonly transaction: string;
  readonly account: string;
  readonly class: string;
  readonly line: string;
  readonly amount: string;
  /** What brought it. */
  readonly credited: string;
}

export interface BooksView {
  readonly balances: readonly BalanceRow[];
  readonly entries: readonly EntryRow[];
}

/** A number a day and series, from the first day that has any to today. */
export interface ChartView {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** `2026-03-02` */
  readonly days: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface CountTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface MetricsView {
  readonly charts: readonly ChartView[];
  readonly tables: readonly CountTable[];
}

export interface ParkedRow {
  readonly messageId: string;
  readonly type: string;
  readonly source: string;
  readonly reason: string;
  readonly problem: string;
  readonly body: string;
}

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly price: string;
}
