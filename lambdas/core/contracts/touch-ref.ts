import * as z from 'zod';

/** What `decide-touch` puts on the queue of a touch's channel. */
export const touchRef = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  touchId: z.string().min(1),
});
