import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Touch } from '#core/domain/touches/touch.ts';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { allTouches, InvalidMessages, type MessageSource } from '#lib/messages/message-source.ts';
import { type TouchName, touches } from '#touches/registry.ts';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'messages-'));

/** The touch, declared otherwise where the change says so, in a folder of its own. */
export const copyOf = (name: TouchName, change: Partial<Touch> = {}): MessageSource => {
  const folder = newFolder();
  for (const each of ['design', name])
    cpSync(join(allTouches.folder, each), join(folder, each), { recursive: true });
  return { folder, touches: [{ ...touches[name], ...change }] };
};

/** The touch with one of its files, or of the design's, changed. */
export const changed = (
  name: TouchName,
  file: string,
  change: (content: string) => string,
): MessageSource => {
  const source = copyOf(name);
  const path = join(source.folder, file.includes('/') ? file : `${name}/${file}`);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return source;
};

/** What the build says of a source that it refuses; it has written nothing. */
export const problemsOf = async (source: MessageSource): Promise<string> => {
  const out = newFolder();
  const error = await compileMessages(out, source).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InvalidMessages);
  expect(readdirSync(out)).toEqual([]);
  return String(error);
};
