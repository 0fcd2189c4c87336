import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { modelFaults } from '../bedrock/model-faults.ts';
import { type Faults, outageServices } from '../faults.ts';

const share = z.number().min(0).max(1).optional();
const endings = z.strictObject({ before: share, after: share }).optional();

const instant = z.union([
  z.iso.datetime({ offset: true }),
  z.date().transform((at) => at.toISOString()),
]);

const ofService = { service: z.enum(outageServices) };

const schema = z.strictObject({
  bounces: share,
  unreachable: share,
  complaints: share,
  stops: share,
  throttles: share,
  bedrock: z.partialRecord(z.enum(modelFaults), z.number().min(0).max(1)).optional(),
  crashes: endings,
  timeouts: endings,
  throttledTables: share,
  races: share,
  slowModels: share,
  refusedEvents: share,
  lostEvents: share,
  doubledEvents: share,
  clockSkewMinutes: z.number().min(0).optional(),
  outages: z
    .array(
      z.union([
        z.strictObject({ ...ofService, from: instant, hours: z.number().positive() }),
        z.strictObject({
          ...ofService,
          afterHours: z.number().nonnegative(),
          hours: z.number().positive(),
        }),
      ]),
    )
    .optional(),
});

export class UnusableFaults extends Error {
  override readonly name = 'UnusableFaults';
}

const HOUR_MS = 3_600_000;

/** One file a preset. */
const PRESETS_DIR = join(import.meta.dirname, '../../samples/faults');

/** What `--faults` may name instead of a file. */
export const faultPresets = async (): Promise<readonly string[]> =>
  (await readdir(PRESETS_DIR))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();

/** Every preset with the first line that it says of itself. */
export const presetsInWords = async (): Promise<string> => {
  const names = await faultPresets();
  const lines = await Promise.all(
    names.map(async (name) => {
      const [first = ''] = (await readFile(presetFile(name), 'utf8')).split('\n');
      return `  ${name.padEnd(12)}${first.replace(/^# */, '')}`;
    }),
  );
  return ['Presets of faults; each is a file, samples/faults/NAME.yaml:', ...lines].join('\n');
};

const presetFile = (name: string): string => join(PRESETS_DIR, `${name}.yaml`);

/**
 * Reads what is to go wrong in a rehearsal.
 *
 * @param source a YAML or JSON file, see `samples/faults.yaml`, or a preset's name
 * @param startMs of the rehearsal, in milliseconds since 1970: outages may be told by the hours since then
 * @throws {UnusableFaults} naming the file, what it has and what is expected
 */
export const readFaults = async (source: string, startMs: number): Promise<Faults> => {
  const parsed = schema.safeParse(await contentOf(source));
  if (!parsed.success) throw new UnusableFaults(`${source}: ${z.prettifyError(parsed.error)}`);
  const { outages = [], ...others } = parsed.data;
  return {
    ...others,
    outages: outages.map(({ service, hours, ...begins }) => {
      const fromMs =
        'from' in begins ? Date.parse(begins.from) : startMs + begins.afterHours * HOUR_MS;
      return { service, fromMs, untilMs: fromMs + hours * HOUR_MS };
    }),
  };
};

const contentOf = async (source: string): Promise<unknown> => {
  const isName = /^[\w-]+$/.test(source) && !existsSync(source);
  if (isName && !existsSync(presetFile(source)))
    throw new UnusableFaults(
      `got "${source}", expected a file or one of ${(await faultPresets()).join(', ')}`,
    );
  const file = isName ? presetFile(source) : source;
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnusableFaults(`${source}: not readable as YAML: ${why}`, { cause });
  }
};
