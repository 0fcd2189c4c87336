import { describe, expect, test } from 'vitest';
import { board, sampleSession } from './sample-session.ts';
import { release, type Visit, type Visited } from './shop.ts';

type Open = (wanted?: Visit) => Promise<Visited>;
type Origins = () => { readonly api: string };

/** As docs/confirmation-page.md asks for it, and nothing else. */
const policy = (api: string): string =>
  [
    "default-src 'none'",
    `script-src '${release.integrity}'`,
    `connect-src ${api}`,
    `img-src ${api}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Under the strictest policy that a shop may have. */
export const policyCases = (open: Open, origins: Origins): void => {
  describe.concurrent('under a strict content security policy', () => {
    test('all is there, style and pictures too, and an offer can be accepted', async () => {
      const { page, errors } = await open({
        css: '',
        headers: { 'content-security-policy': policy(origins().api) },
      });
      const { words } = sampleSession(origins().api);
      const item = page.getByRole('listitem').filter({ hasText: board.headline });

      await item.getByRole('button', { name: board.action }).click();
      await item.getByText(words.pending).waitFor();

      const [button, image] = await Promise.all([
        item.getByRole('button', { name: board.action }).boundingBox(),
        item.locator('img').boundingBox(),
      ]);
      expect(button?.height).toBeGreaterThanOrEqual(44);
      expect(image?.width).toBeGreaterThan(80);
      expect(errors).toEqual([]);
      await page.close();
    });
  });

  test('a file that is not what its integrity says does not run', async () => {
    const { page, known } = await open({ integrity: `sha384-${'A'.repeat(64)}` });

    await page.waitForLoadState('load');

    expect(await page.evaluate("customElements.get('afterglow-confirmation') === undefined")).toBe(
      true,
    );
    expect(known.opened).toBe(0);
    await page.close();
  });
};
