/** The classes of post-purchase revenue, in the order of the product's own words. */
export const classNames = [
  ['confirmation_upsell', 'Upsell on the page'],
  ['followup_crosssell', 'Cross-sell by messages'],
  ['partner_commission', 'Partner commission'],
] as const satisfies readonly (readonly [string, string])[];

export const className = (of: string): string =>
  of === 'primary' ? 'Primary sales' : (classNames.find(([key]) => key === of)?.[1] ?? of);
