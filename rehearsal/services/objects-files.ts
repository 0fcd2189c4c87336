import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { ListedObject } from '../asl/map-runs/map-host.ts';
import { AwsError } from './aws-error.ts';

/** S3: a key has at most this many bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/**
 * A part of a key as a file's name. `encodeURIComponent` leaves dots alone, and a key may have empty
 * parts: both would be another folder's name.
 */
const nameOf = (part: string): string => {
  if (part === '') return '%';
  return /^\.+$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part);
};

const partOf = (name: string): string => (name === '%' ? '' : decodeURIComponent(name));

const etagOf = (text: string): string => `"${createHash('md5').update(text).digest('hex')}"`;

/** As S3 sorts keys: by the bytes of their UTF-8. */
const byBytes = (a: ListedObject, b: ListedObject): number =>
  Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

/**
 * Objects as files, `<dir>/<bucket>/<key>`: text of UTF-8, with the time at which each was put, and
 * nothing else that S3 keeps of an object. They are there again for whoever opens the folder next.
 * An object whose key is the folder of another (`a` beside `a/b`) is refused by name.
 */
export class ObjectFiles {
  readonly #dir: string;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch, for objects that are put */
  constructor(dir: string, now: () => number) {
    this.#dir = dir;
    this.#now = now;
  }

  put(bucket: string, key: string, text: string): ListedObject {
    const path = this.#pathOf(bucket, key);
    const modifiedMs = this.#now();
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (cause) {
      throw new AwsError(
        'NotImplemented',
        `The object ${bucket}/${key} cannot be a file of the rehearsal: its key is the folder of another, or a part of it is too long.`,
        { status: 501, cause },
      );
    }
    utimesSync(path, modifiedMs / 1000, modifiedMs / 1000);
    return { key, bytes: Buffer.byteLength(text), etag: etagOf(text), modifiedMs };
  }

  /** The object's text, or undefined when there is none. */
  get(bucket: string, key: string): string | undefined {
    const path = this.#pathOf(bucket, key);
    return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  }

  head(bucket: string, key: string): ListedObject | undefined {
    const text = this.get(bucket, key);
    if (text === undefined) return undefined;
    const modifiedMs = Math.round(statSync(this.#pathOf(bucket, key)).mtimeMs);
    return { key, bytes: Buffer.byteLength(text), etag: etagOf(text), modifiedMs };
  }

  /** Objects whose keys begin with the prefix, in the order of their keys. */
  list(bucket: string, prefix = ''): readonly ListedObject[] {
    const folder = join(this.#dir, nameOf(bucket));
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
      .map((names) => names.map(partOf).join('/'))
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => this.head(bucket, key) ?? [])
      .toSorted(byBytes);
  }

  delete(bucket: string, key: string): void {
    if (this.get(bucket, key) !== undefined) rmSync(this.#pathOf(bucket, key));
  }

  #pathOf(bucket: string, key: string): string {
    if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES)
      throw new AwsError('KeyTooLongError', `Your key is empty or too long: ${key}`);
    return join(this.#dir, nameOf(bucket), ...key.split('/').map(nameOf));
  }
}
