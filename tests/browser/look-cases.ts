import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { screenshotFolder } from './chromium.ts';
import { board, oil, partner, sampleSession } from './sample-session.ts';
import { shiftOn, toldOn, type Visit, type Visited } from './shop.ts';

const soon = { timeout: 8_000 };

type Open = (wanted?: Visit) => Promise<Visited>;
type Origins = () => { readonly api: string; readonly shop: string };

const guides = [
  { sku: 'POT-1', name: 'How to bake in your pot', url: 'https://shop.example/guides/pot' },
  { sku: 'POT-1', name: 'No guide', url: 'javascript:alert(1)' },
];
const prompts = { review: 'In two weeks we ask how you like it.', nps: 'And one short question.' };

const axeResults = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
  passes: z.array(z.object({ id: z.string() })),
});

/** What axe finds on the whole page, shadow trees included. */
const violationsOn = async (page: Page) => {
  await page.evaluate(axe.source);
  const { violations, passes } = axeResults.parse(await page.evaluate('axe.run()'));
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

const headlines = (page: Page) => page.locator('afterglow-confirmation h3').allTextContents();

/** What a session looks like. */
export const lookCases = (open: Open, origins: Origins): void => {
  const session = (change: Parameters<typeof sampleSession>[1] = {}) =>
    sampleSession(origins().api, { sessionId: `look-${Math.random()}`, ...change });

  describe.concurrent('what is shown', () => {
    test('are the offers by their places, as a named region with a heading and a list', async ({
      expect,
    }) => {
      const { page, errors } = await open({
        behaviour: { session: session({ offers: [partner, board, oil], guides, prompts }) },
      });

      const region = page.getByRole('region', { name: 'Goes well with your order' });
      await region.waitFor();

      expect(await headlines(page)).toEqual([board, oil, partner].map((each) => each.headline));
      expect(await region.getByRole('listitem').count()).toBe(4);
      expect(await region.getByRole('heading', { level: 2 }).count()).toBe(1);
      expect(await region.getByText('€39.90').isVisible()).toBe(true);
      expect(await region.locator('.guides a').allTextContents()).toEqual([guides[0]?.name]);
      expect(await region.getByText(prompts.review).isVisible()).toBe(true);
      expect(await toldOn(page)).toMatchObject([
        { name: 'afterglow-session', detail: { offers: 3 } },
      ]);
      expect(errors).toEqual([]);
      await page.close();
    });

    test('is a link for what leads somewhere, which says that it leaves the shop', async ({
      expect,
    }) => {
      const { page, known } = await open();
      const link = page.getByRole('link', { name: /^See the flours \(opens our partner’s/ });
      const landed = () =>
        page
          .context()
          .pages()
          .find((each) => each.url().endsWith('/landed?t=sample'));

      await link.click({ button: 'middle' });
      await expect.poll(() => landed() !== undefined, soon).toBe(true);

      expect(await link.getAttribute('rel')).toBe('noopener');
      expect(await link.getAttribute('target')).toBe('_blank');
      expect(known.visits).toBe(1);
      await landed()?.close();
      await page.close();
    });

    test('is what the shop puts into the slots, instead of our words', async ({ expect }) => {
      const { page } = await open({
        behaviour: { session: session({ prompts }) },
        attributes: { 'heading-level': '3' },
        slots:
          '<span slot="heading">While you wait</span><div slot="review"><p>Ask me in May</p></div>',
      });

      await page.getByRole('heading', { level: 3, name: 'While you wait' }).waitFor();

      expect(await page.locator('afterglow-confirmation h4').count()).toBe(3);
      expect(await page.getByText('Ask me in May').isVisible()).toBe(true);
      expect(await page.getByText(prompts.review).isVisible()).toBe(false);
      expect(await page.getByText(prompts.nps).isVisible()).toBe(true);
      await page.close();
    });

    test('takes the shop’s colours, and parts of it can be styled', async ({ expect }) => {
      const { page } = await open({
        css: 'afterglow-confirmation { --afterglow-accent: rgb(0, 80, 60) } afterglow-confirmation::part(headline) { color: rgb(90, 0, 0) }',
      });
      const action = page.getByRole('button', { name: 'Add to my order' }).first();
      await action.waitFor();

      const colour = (name: string) =>
        page.evaluate(
          `getComputedStyle(document.querySelector('afterglow-confirmation').shadowRoot.querySelector('${name}'))`,
        );

      expect(await colour('.action')).toMatchObject({ backgroundColor: 'rgb(0, 80, 60)' });
      expect(await colour('.headline')).toMatchObject({ color: 'rgb(90, 0, 0)' });
      await page.close();
    });
  });

  describe.concurrent('axe finds nothing wrong', () => {
    const states = ['open', 'pending', 'confirmed', 'refused', 'expired'] as const;

    test.each(['light', 'dark'] as const)('in %s colours, in any state', async (colorScheme) => {
      const offers = states.map((state, at) => ({
        ...board,
        impressionId: state,
        slot: at + 2,
        headline: `A board that is ${state}`,
        state,
      }));
      const { page } = await open({
        screen: { colorScheme },
        behaviour: { session: session({ guides, prompts, offers: [...offers, partner] }) },
      });
      await page.getByRole('region').waitFor();

      expect(await violationsOn(page)).toEqual([]);
      await page.close();
    });
  });

  describe.concurrent('nothing moves', () => {
    /** As docs/confirmation-page.md has it: the room is there before the script is. */
    const reserve = (room: string) =>
      `afterglow-confirmation { --afterglow-reserve: ${room} } afterglow-confirmation:not(:defined) { display: block; min-block-size: var(--afterglow-reserve) }`;
    const footer = '<footer style="block-size: 8rem">Imprint</footer>';
    const shiftOf = async (wanted: Visit) => {
      const { page } = await open(wanted);
      await page.waitForFunction('told.length > 0');
      await page.waitForLoadState('networkidle');
      const shift = await shiftOn(page);
      await page.close();
      return shift;
    };

    test('below it, when it stands at the end of the page or has its room', async ({ expect }) => {
      expect(await shiftOf({})).toBe(0);
      expect(await shiftOf({ css: reserve('40rem'), after: footer })).toBe(0);
    });

    test('when nothing comes and its room is in view', async ({ expect }) => {
      const empty = { session: session({ offers: [] }) };

      expect(await shiftOf({ css: reserve('10rem'), after: footer, behaviour: empty })).toBe(0);
    });

    // A shift is told with a frame, which a busy browser may leave out.
    test('and the measure sees what does', { retry: 2 }, async ({ expect }) => {
      expect(await shiftOf({ after: footer })).toBeGreaterThan(0);
    });
  });

  test.concurrent(
    'a picture is taken of phone and desktop, and nothing scrolls sideways',
    async () => {
      const folder = screenshotFolder ?? mkdtempSync(join(tmpdir(), 'afterglow-look-'));
      const shots = [320, 360, 1280].flatMap((width) =>
        (['light', 'dark'] as const).map(async (colorScheme) => {
          const { page } = await open({
            screen: { colorScheme, width, height: 800 },
            behaviour: { session: session({ guides, prompts }) },
          });
          await page.getByRole('region').waitFor();
          await page.screenshot({
            path: join(folder, `${width}-${colorScheme}.png`),
            fullPage: true,
          });
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          await page.close();
          return overflow;
        }),
      );

      expect(await Promise.all(shots)).toEqual(shots.map(() => 0));
      if (screenshotFolder === undefined) rmSync(folder, { recursive: true });
    },
  );
};
