import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Objects } from '../ports/objects.ts';

/** Objects of one bucket, text of UTF-8. */
export const s3Objects = (client: Pick<S3Client, 'send'>, Bucket: string): Objects => {
  const bodyOf = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (Body === undefined) throw new Error(`s3://${Bucket}/${Key}: got an answer without a body`);
    return Body;
  };
  return {
    put: async (Key, Body, ContentType) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    get: async (key) => (await bodyOf(key)).transformToString('utf-8'),
    lines: async function* lines(key) {
      const body: ReadableStream<Uint8Array> = (await bodyOf(key)).transformToWebStream();
      yield* linesOf(body);
    },
  };
};

/** A letter may lie across two chunks, and so may a line. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}
