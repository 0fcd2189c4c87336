import * as z from 'zod';

const origin = z
  .url({ protocol: /^https$/, error: 'an https origin such as https://shop.example' })
  .refine((url) => new URL(url).origin === url, 'an origin without a path: https://shop.example');

/** What a shop decides of its confirmation page; amounts in minor units of its currency. */
export const confirmationConfig = z.strictObject({
  /** Pages that may ask for a session, beside the one of the shop's website. */
  origins: z.array(origin).default([]),
  slots: z.int().min(1).max(6).default(3),
  /** An offer whose expected value is below this is not worth a place. */
  floorMinor: z.number().nonnegative().default(1),
  /** Products that would earn less are not offered. */
  minMarginMinor: z.int().nonnegative().default(0),
  /** Of sessions: those in which every offer is as likely as any other, so that policies can be compared. */
  explorationShare: z.number().min(0).max(1).default(0.05),
  /** On one page: of one type, of one partner, of products of one category. */
  mostOfType: z.int().positive().default(2),
  mostOfPartner: z.int().positive().default(1),
  mostOfCategory: z.int().positive().default(2),
  /** Days for which an offer that was dismissed is not shown to that customer again. */
  dismissedDays: z.int().nonnegative().default(30),
  /** What the order system is asked for: to add an accepted product to the order, or to make a new one. */
  acceptTo: z.enum(['order', 'new-order']).default('order'),
  /** How long the order system has to say whether it did. */
  confirmWithinMinutes: z.int().min(1).max(1440).default(15),
});
