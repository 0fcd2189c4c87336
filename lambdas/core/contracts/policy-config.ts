import * as z from 'zod';
import {
  consentNeeds,
  type ContactPolicy,
  covers,
  suppressionReasons,
} from '../domain/contact-policy/policy.ts';
import { weekdays } from '../domain/contact-policy/quiet-hours.ts';
import { consentChannels } from '../domain/customers/consent.ts';
import { allChannels, allPurposes } from '../domain/touches/touch.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 21:00');
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day such as 12-25');
const hours = z
  .number()
  .positive()
  .max(24 * 366);
const share = z.number().min(0).max(10);
const touchName = z.string().min(1);

const purposes = z.array(z.enum(allPurposes)).min(1).optional();
const channels = z.array(z.enum(allChannels)).min(1).optional();
const regions = z.array(z.string().min(1)).min(1).optional();
const scope = { purposes, channels, regions };
const perPurpose = (value: z.ZodNumber) =>
  z.strictObject({ transactional: value, service: value, marketing: value });

const policy = z.strictObject({
  regions: z.record(
    z.string().min(1),
    z.array(z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 code such as DE')).min(1),
  ),
  consent: z.array(
    z.strictObject({ ...scope, needs: z.enum(consentNeeds), orSoftOptIn: z.boolean().optional() }),
  ),
  quietHours: z.array(
    z.strictObject({
      ...scope,
      from: clock,
      to: clock,
      wholeDays: z
        .array(z.enum(weekdays))
        .max(6, 'at most six: some day has to be open')
        .optional(),
      wholeDates: z.array(monthDay).optional(),
    }),
  ),
  caps: z.array(
    z.strictObject({
      name: z.string().min(1),
      max: z.int().positive(),
      hours,
      counts: z.strictObject({ purposes, channels }),
      limits: z.strictObject({ purposes, channels }),
      except: z.array(touchName).optional(),
    }),
  ),
  suppression: z.array(
    z.strictObject({
      ...scope,
      when: z.enum(suppressionReasons),
      days: z.number().positive(),
      effect: z.enum(['hold', 'drop']),
      except: z.array(touchName).optional(),
    }),
  ),
  priority: z.array(touchName),
  fallback: z.array(z.enum(allChannels)),
  patienceHours: perPurpose(z.number().min(0)),
  holdDays: perPurpose(z.number().min(0)),
  smsBudgetShare: perPurpose(share),
}) satisfies z.ZodType<ContactPolicy>;

/** A deployment's contact policy: its form, and that it leaves nothing undecided. */
export const contactPolicy = policy.superRefine((value, context) => {
  const problem = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  const known = Object.keys(value.regions);
  for (const list of ['consent', 'quietHours', 'suppression'] as const)
    for (const [index, { regions: named = [] }] of value[list].entries())
      for (const region of named)
        if (!known.includes(region))
          problem(
            [list, index, 'regions'],
            `one of the regions ${known.join(', ')}, not ${region}`,
          );
  for (const purpose of allPurposes)
    for (const channel of consentChannels)
      if (
        !value.consent.some(
          (rule) => rule.regions === undefined && covers(rule, { purpose, channel }),
        )
      )
        problem(
          ['consent'],
          `a rule without regions for ${purpose} by ${channel}: no country may be left out`,
        );
  for (const [index, cap] of value.caps.entries())
    if (value.caps.findIndex(({ name }) => name === cap.name) !== index)
      problem(['caps', index, 'name'], 'a name of its own');
});

/** Types a policy file; it is checked with the rest of the configuration. */
export const definePolicy = (value: z.input<typeof contactPolicy>): z.input<typeof contactPolicy> =>
  value;
