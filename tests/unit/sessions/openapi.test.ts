import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { createDocument } from 'zod-openapi';
import { openApi, openApiExamples } from '#core/contracts/openapi.ts';

const written = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
const document = createDocument(openApi);

/** Statuses by method and path. */
const statuses = Object.fromEntries(
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { responses }]) => [
      `${method.toUpperCase()} ${path}`,
      Object.keys(responses).join(' '),
    ]),
  ),
);

describe('docs/openapi.json', () => {
  test('is what the contracts say: `node bin/write-openapi.ts` writes it', () => {
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('is a document of OpenAPI 3.1', async () => {
    const validator = new Validator();

    const result = await validator.validate(JSON.parse(written));

    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('has every route with every status that it answers', () => {
    expect(statuses).toEqual({
      'POST /sessions': '200 201 400 401 404 410 413 429 500',
      'GET /sessions/{id}': '200 401 404 410 429 500',
      'POST /sessions/{id}/interactions': '200 400 401 404 410 413 429 500',
      'GET /sessions/{id}/visits/{impressionId}': '302 404 429 500',
    });
  });

  test.each(openApiExamples.map((each) => [each[0].meta()?.id, ...each] as const))(
    'shows an example of %s that holds',
    (_, schema, example) => {
      expect(schema.parse(example)).toEqual(example);
    },
  );

  test('names every schema that it points to', () => {
    const named = Object.keys(document.components?.schemas ?? {});
    const pointed = [...written.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );

    expect(pointed.length).toBeGreaterThan(5);
    expect(named).toEqual(expect.arrayContaining(pointed));
  });
});
