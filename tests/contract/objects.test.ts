import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { s3Objects } from '#core/adapters/s3-objects.ts';
import type { Objects } from '#core/ports/objects.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** A bucket behind the real client, whose answers come in pieces of some bytes. */
const inS3 = (pieceBytes: number): Objects => {
  const stored = new Map<string, Buffer>();
  const answerOf = ({ method, path, body }: WireRequest) => {
    if (method === 'PUT') {
      stored.set(path, Buffer.from(String(body)));
      return { statusCode: 200, headers: {}, body: Readable.from([]) };
    }
    const bytes = stored.get(path);
    if (bytes === undefined) {
      const error =
        '<Error><Code>NoSuchKey</Code><Message>there is no such object</Message></Error>';
      return { statusCode: 404, headers: {}, body: Readable.from([Buffer.from(error)]) };
    }
    const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, at) =>
      bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes),
    );
    return { statusCode: 200, headers: {}, body: Readable.from(pieces) };
  };
  const client = new S3Client({
    region: 'eu-central-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    requestHandler: { handle: async (request: WireRequest) => ({ response: answerOf(request) }) },
  });
  return s3Objects(client, 'runs');
};

const makers: Readonly<Record<string, () => Objects>> = {
  'in memory': () => inMemoryObjects(),
  'in S3, in pieces of a byte': () => inS3(1),
  'in S3, in one piece': () => inS3(1_000_000),
};

const linesOf = async (objects: Objects, key: string): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of objects.lines(key)) lines.push(line);
  return lines;
};

describe.each(Object.entries(makers))('objects %s', (_, make) => {
  test('are as they were put, the last time', async () => {
    const objects = make();
    await objects.put('runs/a/plan.json', '{"old":1}', 'application/json');
    await objects.put('runs/a/plan.json', '{"größe":"½"}\n', 'application/json');

    expect(await objects.get('runs/a/plan.json')).toBe('{"größe":"½"}\n');
  });

  test.each([
    ['with an end of line at the end', 'erste Größe\n½ zwei\n', ['erste Größe', '½ zwei']],
    ['without one', 'one\ntwo', ['one', 'two']],
    ['with empty lines', '\none\n\n  \ntwo\n', ['one', 'two']],
    ['of which there are none', '\n', []],
  ])('have the lines of a text %s', async (__, text, lines) => {
    const objects = make();
    await objects.put('lines', text, 'application/jsonl');

    expect(await linesOf(objects, 'lines')).toEqual(lines);
  });

  test('that are not there fail', async () => {
    const objects = make();

    await expect(objects.get('nothing')).rejects.toThrow(/there is no/);
    await expect(linesOf(objects, 'nothing')).rejects.toThrow(/there is no/);
  });
});
