import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { modelFaults } from '../bedrock/model-faults.ts';
import { type Faults, sendingServices } from '../faults.ts';

const share = z.number().min(0).max(1).optional();

const schema = z.strictObject({
  bounces: share,
  unreachable: share,
  complaints: share,
  stops: share,
  throttles: share,
  bedrock: z.partialRecord(z.enum(modelFaults), z.number().min(0).max(1)).optional(),
  outages: z
    .array(
      z.strictObject({
        service: z.enum(sendingServices),
        from: z.union([
          z.iso.datetime({ offset: true }),
          z.date().transform((at) => at.toISOString()),
        ]),
        hours: z.number().positive(),
      }),
    )
    .optional(),
});

export class UnusableFaults extends Error {
  override readonly name = 'UnusableFaults';
}

const HOUR_MS = 3_600_000;

/**
 * Reads what is to go wrong in a rehearsal from a YAML or JSON file, see `samples/faults.yaml`.
 *
 * @throws {UnusableFaults} naming the file, what it has and what is expected
 */
export const readFaults = async (file: string): Promise<Faults> => {
  const parsed = schema.safeParse(await contentOf(file));
  if (!parsed.success) throw new UnusableFaults(`${file}: ${z.prettifyError(parsed.error)}`);
  const { outages = [], ...shares } = parsed.data;
  return {
    ...shares,
    outages: outages.map(({ service, from, hours }) => {
      const fromMs = Date.parse(from);
      return { service, fromMs, untilMs: fromMs + hours * HOUR_MS };
    }),
  };
};

const contentOf = async (file: string): Promise<unknown> => {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnusableFaults(`${file}: not readable as YAML: ${why}`, { cause });
  }
};
