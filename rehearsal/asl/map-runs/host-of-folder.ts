import { ObjectFiles } from '../../services/objects-files.ts';
import { TaskError } from '../errors.ts';
import type { MapHost } from './map-host.ts';

/** Objects as files, `<folder>/<bucket>/<key>`; those that are written are dated by the machine's clock. */
export const hostOfFolder = (folder: string): MapHost => {
  const files = new ObjectFiles(folder, () => Date.now());
  return {
    assertMayRun: () => undefined,
    read: (_, bucket, key) => {
      const text = files.get(bucket, key);
      if (text !== undefined) return text;
      throw new TaskError('S3.NoSuchKey', `The specified key does not exist: ${bucket}/${key}`);
    },
    list: (_, bucket, prefix) => files.list(bucket, prefix),
    write: (_, bucket, key, text) => {
      files.put(bucket, key, text);
    },
  };
};
