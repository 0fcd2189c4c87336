/** What the report is of: everything, or one shop, or some months. */
export interface Scope {
  /** Key of the shop. */
  readonly shop?: string | undefined;
  /** First month, `2026-03`. */
  readonly from?: string | undefined;
  /** Last month, `2026-06`. */
  readonly to?: string | undefined;
}

/** The day of an instant in its shop's time zone; `s` is config_shops. */
export const localMonth = (instant: string): string =>
  `substr(cast(cast(at_timezone(with_timezone(${instant}, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as varchar), 1, 7)`;

/** The month of a day. */
export const monthOfDay = (column: string): string => `substr(cast(${column} as varchar), 1, 7)`;

/**
 * A WHERE for the scope, and for conditions of one's own.
 *
 * @param month an expression that says the row's month; absent: months do not narrow it
 * @param shop the column of the shop's key
 */
export const where = (
  scope: Scope,
  {
    shop = 'shop',
    month,
    and = [],
  }: { shop?: string; month?: string; and?: readonly string[] } = {},
): string => {
  const conditions = [
    ...(scope.shop === undefined ? [] : [`${shop} = ${literal(scope.shop)}`]),
    ...(month === undefined || scope.from === undefined
      ? []
      : [`${month} >= ${literal(scope.from)}`]),
    ...(month === undefined || scope.to === undefined ? [] : [`${month} <= ${literal(scope.to)}`]),
    ...and,
  ];
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
};

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
