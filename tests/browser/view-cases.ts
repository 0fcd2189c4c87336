import { describe, test } from 'vitest';
import { board, oil } from './sample-session.ts';
import type { Visit, Visited } from './shop.ts';
import type { Known } from './stub-api.ts';

/** Longer than what waits is kept. */
const soon = { timeout: 8_000 };

type Open = (wanted?: Visit) => Promise<Visited>;

const viewed = ({ heard }: Known) =>
  heard.filter(({ kind }) => kind === 'viewed').map(({ impressionId }) => impressionId);

/** What counts as seen. */
export const viewCases = (open: Open): void => {
  describe.concurrent('a view', () => {
    test('is told once, after a second, of the offers that were in view and of no others', async ({
      expect,
    }) => {
      // A column of three, of which the window has room for two, whatever fonts the machine has.
      const { page, known } = await open({
        screen: { width: 360, height: 700 },
        css: 'afterglow-confirmation::part(offer) { block-size: 240px; overflow: hidden }',
      });
      await page.getByRole('region').waitFor();
      await page.waitForTimeout(700);
      const early = viewed(known);

      await expect
        .poll(() => viewed(known).toSorted(), soon)
        .toEqual([board, oil].map((each) => each.impressionId));
      await page.mouse.wheel(0, -50);
      await page.waitForTimeout(300);

      expect(early).toEqual([]);
      expect(viewed(known)).toHaveLength(2);
      expect(known.tells).toBe(1);
      await page.close();
    });

    test('that waits to be told is told when the customer leaves', async ({ expect }) => {
      const { page, known } = await open();
      await page.getByRole('region').waitFor();
      // Viewed a second after the first frame, and kept for another.
      await page.evaluate(
        'new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go, 1_500))))',
      );

      await page.goto('about:blank');

      await expect.poll(() => viewed(known).length, soon).toBe(3);
      await page.close();
    });

    test('is none where the offers are below the window', async ({ expect }) => {
      const { page, known } = await open({
        before: '<div style="block-size: 3000px">The order</div>',
      });
      await page.getByRole('region').waitFor();
      await page.waitForTimeout(1_200);

      await page.goto('about:blank');
      await new Promise((resolve) => setTimeout(resolve, 200));

      expect(viewed(known)).toEqual([]);
      await page.close();
    });
  });
};
