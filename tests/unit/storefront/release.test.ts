import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleComponent } from '#storefront/bundle.ts';
import { COMPONENT_VERSION } from '#storefront/version.ts';

/** A confirmation page has other things to load. */
const MOST_GZIPPED = 12 * 1024;

const releases = new URL('../../../storefront/releases/', import.meta.url);
const file = `afterglow-confirmation-${COMPONENT_VERSION}.js`;

describe('the release of the component', () => {
  let built: Awaited<ReturnType<typeof bundleComponent>>;

  beforeAll(async () => {
    built = await bundleComponent();
  });

  test('is what its source builds to', () => {
    const released = readFileSync(new URL(file, releases), 'utf8');

    expect(
      released === built.code,
      `the source builds to something else than storefront/releases/${file}: raise the version in storefront/version.ts and run npm run storefront`,
    ).toBe(true);
  });

  test('is described as it is', () => {
    const told: unknown = JSON.parse(readFileSync(new URL('releases.json', releases), 'utf8'));

    expect(told).toEqual(built.release);
  });

  test('is small', () => {
    const { gzipped } = built.release;

    expect(
      gzipped,
      `${gzipped - MOST_GZIPPED} bytes too many, gzipped: at most ${MOST_GZIPPED}`,
    ).toBeLessThanOrEqual(MOST_GZIPPED);
  });

  test('is one module that says its licence and takes in no other', () => {
    const { code } = built;

    expect(code.split('\n')[0]).toBe(
      `/*! afterglow-confirmation ${COMPONENT_VERSION} | Apache-2.0 */`,
    );
    expect(code).not.toMatch(/\bimport\b|\bexport\b|\brequire\(/);
  });

  test('does nothing that a strict policy forbids', () => {
    const { code } = built;

    expect(code).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.setAttribute\("on/,
    );
  });
});
