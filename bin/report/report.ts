import type { View } from '#analytics/views.ts';
import { maybeTextIn, numberIn, type Row, textIn } from './rows.ts';
import { moneyFormat } from './formats.ts';
import type { LakeSource } from './lake-source.ts';
import type { Scope } from './scope.ts';
import { where, monthOfDay } from './scope.ts';
import type { Chapter, ReportContext, Section } from './section.ts';

/** What the report is of: the header. */
export interface Cover {
  /** The latest fact; absent while the lake is empty. */
  readonly asOf?: string | undefined;
  readonly shops: readonly ShopOrders[];
  readonly context: ReportContext;
  /** Where its numbers come from, such as `.rehearsal` or `stage prod`. */
  readonly from: string;
}

export interface ShopOrders {
  readonly name: string;
  readonly orders: number;
  /** Days, `2026-03-01`; absent without orders. */
  readonly first?: string | undefined;
  readonly last?: string | undefined;
}

export interface Report {
  readonly cover: Cover;
  readonly sections: readonly Section[];
}

export interface ReportRequest {
  readonly source: Pick<LakeSource, 'query'>;
  readonly chapters: readonly Chapter[];
  /** Whose definitions stand with the sections. */
  readonly views: readonly View[];
  readonly scope: Scope;
  readonly from: string;
}

/**
 * Asks the lake and makes of it what the report says.
 *
 * @throws naming the chapter, for a query that fails or an answer that is not as expected
 */
export const reportOf = async (request: ReportRequest): Promise<Report> => {
  const { source, chapters, views } = request;
  const cover = await coverOf(request);
  if (cover.asOf === undefined) return { cover, sections: [] };
  const sections = await Promise.all(
    chapters.map(async (chapter): Promise<Section> => {
      const { id, title, views: named } = chapter;
      try {
        const answers = await Promise.all(
          chapter.queries(request.scope).map((sql) => source.query(sql)),
        );
        const docs = named.flatMap((name) => views.filter((view) => view.name === name));
        return { id, title, docs, ...chapter.tell(answers, cover.context) };
      } catch (error) {
        throw new Error(`section "${title}": ${String(error)}`, { cause: error });
      }
    }),
  );
  return { cover, sections };
};

const coverOf = async ({ source, scope, from }: ReportRequest): Promise<Cover> => {
  const [latest = {}] = await source.query('select latest_at from as_of');
  const shops = await source.query(
    `select shop, name, reporting_currency from config_shops ${where(scope)} order by shop`,
  );
  const orders = await source.query(
    `select shop, count(*) as orders, min(placed_on) as first_on, max(placed_on) as last_on
    from orders ${where(scope, { month: monthOfDay('placed_on') })} group by shop order by shop`,
  );
  const currency = maybeTextIn(shops[0] ?? {}, 'reporting_currency') ?? 'EUR';
  const names = new Map(shops.map((row) => [textIn(row, 'shop'), textIn(row, 'name')]));
  const ordered = new Map(orders.map((row) => [textIn(row, 'shop'), row]));
  const shopName = (shop: string): string => names.get(shop) ?? shop;
  return {
    asOf: maybeTextIn(latest, 'latest_at'),
    from,
    shops: [...new Set([...names.keys(), ...ordered.keys()])].map((shop) =>
      shopOrdersOf(shopName(shop), ordered.get(shop)),
    ),
    context: { scope, currency, money: moneyFormat(currency), shopName },
  };
};

const shopOrdersOf = (name: string, row: Row | undefined): ShopOrders =>
  row === undefined
    ? { name, orders: 0 }
    : {
        name,
        orders: numberIn(row, 'orders'),
        first: maybeTextIn(row, 'first_on'),
        last: maybeTextIn(row, 'last_on'),
      };
