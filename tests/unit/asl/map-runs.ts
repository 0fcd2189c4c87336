import type { EngineOptions } from '#rehearsal/asl/engine.ts';
import { TaskError } from '#rehearsal/asl/errors.ts';
import type { MapHost, MapProgress } from '#rehearsal/asl/map-runs/map-host.ts';
import { setUp } from './set-up.ts';

type Fields = Readonly<Record<string, unknown>>;

export const RUN = 'arn:aws:states:eu-west-1:123456789012:mapRun:orders/all';

/** A Distributed Map of the label `all` whose children are these states. */
export const distributed = (states: Fields, more: Fields = {}, type = 'STANDARD'): Fields => ({
  Type: 'Map',
  Label: 'all',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
    StartAt: Object.keys(states)[0],
    States: states,
  },
  End: true,
  ...more,
});

export const pass = { Type: 'Pass', End: true };

export const reader = (config: Fields, key = 'in'): Fields => ({
  Resource: 'arn:aws:states:::s3:getObject',
  Arguments: { Bucket: 'b', Key: key },
  ReaderConfig: config,
});

export const writer = (config?: Fields): Fields => ({
  Resource: 'arn:aws:states:::s3:putObject',
  Arguments: { Bucket: 'b', Prefix: 'out' },
  ...(config === undefined ? {} : { WriterConfig: config }),
});

/** Objects in memory, by `<bucket>/<key>`. */
export const objectsIn = (objects: Map<string, string>): MapHost => ({
  assertMayRun: () => undefined,
  read: (_, bucket, key) => {
    const text = objects.get(`${bucket}/${key}`);
    if (text === undefined)
      throw new TaskError('S3.NoSuchKey', 'The specified key does not exist.');
    return text;
  },
  list: (_, bucket, prefix) =>
    [...objects]
      .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
      .map(([path, { length }]) => ({
        key: path.slice(bucket.length + 1),
        bytes: length,
        etag: '"1"',
        modifiedMs: Date.UTC(2026, 0, 1),
      })),
  write: (_, bucket, key, text) => void objects.set(`${bucket}/${key}`, text),
});

/** Runs one machine to its end; ids count up from 1. */
export const ran = async (
  states: Fields,
  input: unknown = {},
  objects: Readonly<Record<string, string>> = {},
  options: Partial<EngineOptions> = {},
) => {
  const store = new Map(Object.entries(objects));
  const progress: MapProgress[] = [];
  let ids = 0;
  const { clock, engine, requests, start } = setUp(states, {
    mapHost: objectsIn(store),
    onMapProgress: (each) => progress.push(each),
    uuid: () => String(++ids),
    ...options,
  });
  const { executionArn } = start('run', input);
  await clock.runUntil();
  const read = (key: string): unknown => JSON.parse(store.get(`b/${key}`) ?? 'null');
  return {
    ...engine.describe(executionArn),
    history: engine.history(executionArn),
    engine,
    requests,
    progress,
    store,
    read,
  };
};
