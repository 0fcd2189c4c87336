import * as z from 'zod';
import type { Resource } from '../assembly/cloud.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const rules = z.object({
  AutomaticallyAfterDays: z.coerce.number().int().min(1).max(1000).optional(),
  ScheduleExpression: z.string().optional(),
});

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const schedule = z.object({
  SecretId: z.string(),
  RotationLambdaARN: z.string({
    error: 'only rotation by a function of the templates is modelled',
  }),
  RotateImmediatelyOnUpdate: flag.default(true),
  RotationRules: rules.default({}),
});

export interface Rotation {
  readonly secretId: string;
  readonly functionArn: string;
  /** Whether it rotates as soon as it is deployed. */
  readonly isImmediate: boolean;
  /** When the next rotation comes after one at this time; none for a secret that is rotated by hand. */
  readonly nextMs: ((lastMs: number) => number) | undefined;
}

/**
 * Reads an `AWS::SecretsManager::RotationSchedule`.
 *
 * @throws for what is not modelled, naming the resource
 */
export const readRotation = ({ logicalId, properties }: Resource): Rotation => {
  const parsed = schedule.safeParse(properties);
  if (!parsed.success) throw new Error(`${logicalId}: ${z.prettifyError(parsed.error)}`);
  const { SecretId, RotationLambdaARN, RotateImmediatelyOnUpdate, RotationRules } = parsed.data;
  return {
    secretId: SecretId,
    functionArn: RotationLambdaARN,
    isImmediate: RotateImmediatelyOnUpdate,
    nextMs: intervalOf(logicalId, RotationRules),
  };
};

/**
 * A rotation window is open for a whole UTC day when the rate is in days, from its midnight; an hour
 * when it is in hours, from the full hour (Secrets Manager user guide, "Rotation schedules"). AWS
 * rotates at any time in it, the rehearsal as soon as it opens.
 */
const intervalOf = (
  logicalId: string,
  { AutomaticallyAfterDays, ScheduleExpression }: z.output<typeof rules>,
): Rotation['nextMs'] => {
  if (AutomaticallyAfterDays !== undefined) return every(AutomaticallyAfterDays, DAY_MS);
  if (ScheduleExpression === undefined) return undefined;
  const [, value, unit] = /^rate\(([1-9]\d*) (hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
  if (value === undefined)
    throw new Error(
      `${logicalId}: got the rotation schedule "${ScheduleExpression}", expected rate(<n> days) or rate(<n> hours); others are not modelled by the rehearsal`,
    );
  const unitMs = unit === 'day' ? DAY_MS : HOUR_MS;
  if (Number(value) * unitMs < 4 * HOUR_MS || Number(value) * unitMs > 999 * DAY_MS)
    throw new Error(
      `${logicalId}: got "${ScheduleExpression}", but a secret is rotated every 4 hours at most and every 999 days at least`,
    );
  return every(Number(value), unitMs);
};

const every =
  (value: number, unitMs: number) =>
  (lastMs: number): number =>
    (Math.floor(lastMs / unitMs) + value) * unitMs;
