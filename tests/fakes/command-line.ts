import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';

/** What commands say in the tests of a file, of each test its own. */
export const listenToCommands = () => {
  const printed: string[] = [];
  const complaints: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    complaints.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
    vi.spyOn(console, 'error').mockImplementation((text: string) => complaints.push(text));
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return { printed, complaints };
};

/** A folder for the tests of a file, and how to write a file into it (gzipped if its name says so). */
export const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-'));
  afterAll(() => rm(folder, { recursive: true }));
  const fileOf = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
    return file;
  };
  return { folder, fileOf };
};
