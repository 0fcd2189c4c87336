import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { board, oil, partner, sampleSession } from './sample-session.ts';
import { toldOn, type Visit, type Visited } from './shop.ts';
import type { Known } from './stub-api.ts';

/** Longer than what waits is kept. */
const soon = { timeout: 8_000 };

type Open = (wanted?: Visit) => Promise<Visited>;
type Origins = () => { readonly api: string };

const { words } = sampleSession('https://api.example');

const card = (page: Page, headline: string) =>
  page.getByRole('listitem').filter({ hasText: headline });
const acceptOf = (page: Page, headline: string) =>
  card(page, headline).getByRole('button', { name: board.action });
const dismissOf = (page: Page, headline: string) =>
  card(page, headline).getByRole('button', { name: words.dismiss });
/** Within shadow trees too. */
const focused = (page: Page) =>
  page.evaluate(
    'document.activeElement?.shadowRoot?.activeElement?.textContent ?? document.activeElement.tagName',
  );
const heardOf = ({ heard }: Known, kind: string) =>
  heard.filter((each) => each.kind === kind).map(({ impressionId }) => impressionId);

/** What a customer does with an offer, and what comes of it. */
export const acceptCases = (open: Open, origins: Origins): void => {
  const session = (change: Parameters<typeof sampleSession>[1] = {}) =>
    sampleSession(origins().api, { sessionId: `accept-${Math.random()}`, ...change });

  describe.concurrent('an accept', () => {
    test('is pending until the order system has answered, and told to page and customer', async ({
      expect,
    }) => {
      const { page, known, errors } = await open();
      const button = acceptOf(page, board.headline);
      await button.click();
      await card(page, board.headline).getByText(words.pending).waitFor();
      await page.waitForFunction('told.length > 1');
      const live = page.getByRole('status');
      const whilePending = await Promise.all([
        button.getAttribute('aria-disabled'),
        live.textContent(),
        toldOn(page),
      ]);

      known.states.set(board.impressionId, 'confirmed');
      await card(page, board.headline).getByText(words.confirmed).waitFor();

      const detail = { sessionId: known.behaviour.session.sessionId, sku: 'BOARD-1' };
      expect(whilePending).toMatchObject([
        'true',
        `${board.headline}: ${words.pending}`,
        [{ name: 'afterglow-session' }, { name: 'afterglow-accepted', detail }],
      ]);
      expect(await live.textContent()).toBe(`${board.headline}: ${words.confirmed}`);
      expect(await button.count()).toBe(0);
      expect((await toldOn(page)).slice(2)).toMatchObject([
        { name: 'afterglow-confirmed', detail },
      ]);
      expect(await focused(page)).toBe(words.confirmed);
      expect(errors).toEqual([]);
      await page.close();
    });

    test('may be refused, or come to nothing, and says so', async ({ expect }) => {
      const { page, known } = await open({
        behaviour: { session: session({ offers: [board, oil, partner] }) },
      });
      await acceptOf(page, board.headline).click();
      await acceptOf(page, oil.headline).click();
      await expect.poll(() => heardOf(known, 'accepted'), soon).toHaveLength(2);

      known.states.set(board.impressionId, 'refused').set(oil.impressionId, 'expired');
      await card(page, board.headline).getByText(words.refused).waitFor();
      await card(page, oil.headline).getByText(words.expired).waitFor();

      expect((await toldOn(page)).map(({ name }) => name)).not.toContain('afterglow-confirmed');
      expect(await page.getByRole('button', { name: board.action }).count()).toBe(0);
      const { read } = known;
      await page.waitForTimeout(1_300);
      expect(known.read).toBe(read);
      await page.close();
    });

    test('is one, however often the button is clicked', async ({ expect }) => {
      const { page, known } = await open();

      await acceptOf(page, board.headline).dblclick();
      await acceptOf(page, board.headline).click({ force: true });
      await card(page, board.headline).getByText(words.pending).waitFor();
      await page.waitForTimeout(300);

      expect(heardOf(known, 'accepted')).toEqual([board.impressionId]);
      await page.close();
    });

    test('is tried once more where the network failed, and then by the customer', async ({
      expect,
    }) => {
      const { page, known } = await open({ behaviour: { session: session(), lostAccepts: 2 } });
      await acceptOf(page, board.headline).click();
      await card(page, board.headline).getByText(words.failed).waitFor();
      const afterFailing = [known.accepts, heardOf(known, 'accepted').length];

      await acceptOf(page, board.headline).click();
      await card(page, board.headline).getByText(words.pending).waitFor();

      expect(afterFailing).toEqual([2, 0]);
      await expect.poll(() => heardOf(known, 'accepted'), soon).toEqual([board.impressionId]);
      await page.close();
    });

    test('of a visit before is still waited for, and what was dismissed stays away', async ({
      expect,
    }) => {
      const offers = [
        { ...board, state: 'pending' as const },
        { ...oil, state: 'dismissed' as const },
      ];
      const { page, known } = await open({ behaviour: { session: session({ offers }) } });
      await card(page, board.headline).getByText(words.pending).waitFor();

      known.states.set(board.impressionId, 'confirmed');
      await card(page, board.headline).getByText(words.confirmed).waitFor();

      expect(await page.getByText(oil.headline).count()).toBe(0);
      await page.close();
    });
  });

  describe.concurrent('by keyboard alone', () => {
    test('offers are reached in order, accepted and dismissed, and the focus is never lost', async ({
      expect,
    }) => {
      const { page, known } = await open();
      await page.getByRole('region').waitFor();

      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await card(page, board.headline).getByText(words.pending).waitFor();
      const afterAccept = await focused(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const beforeDismiss = await focused(page);
      await page.keyboard.press('Space');

      expect(afterAccept).toBe(board.action);
      expect(beforeDismiss).toBe(words.dismiss);
      expect(await page.getByText(oil.headline, { exact: true }).count()).toBe(0);
      expect(await focused(page)).toBe(partner.headline);
      expect(await page.getByRole('status').textContent()).toBe(
        `${words.dismiss}: ${oil.headline}`,
      );
      // The acceptance is told when the server has answered, which may be later.
      await expect
        .poll(() => toldOn(page), soon)
        .toContainEqual(
          expect.objectContaining({
            name: 'afterglow-dismissed',
            detail: expect.objectContaining({ impressionId: oil.impressionId, sku: 'OIL-1' }),
          }),
        );
      await expect.poll(() => heardOf(known, 'dismissed'), soon).toEqual([oil.impressionId]);
      await page.close();
    });

    test('the last offer may be dismissed too: guides stay, or nothing does', async ({
      expect,
    }) => {
      const guides = [{ sku: 'POT-1', name: 'How to bake', url: 'https://shop.example/pot' }];
      const withGuides = await open({
        behaviour: { session: session({ offers: [board], guides }) },
      });
      const without = await open({ behaviour: { session: session({ offers: [board] }) } });

      for (const { page } of [withGuides, without]) {
        await dismissOf(page, board.headline).focus();
        await page.keyboard.press('Enter');
      }

      expect(await focused(withGuides.page)).toBe(words.heading);
      expect(await withGuides.page.getByText('How to bake').isVisible()).toBe(true);
      expect(await focused(without.page)).toBe(words.heading);
      expect(await without.page.locator('afterglow-confirmation').boundingBox()).toMatchObject({
        height: 0,
      });
      expect((await toldOn(without.page)).at(-1)).toMatchObject({
        name: 'afterglow-empty',
        detail: { reason: 'dismissed' },
      });
      await Promise.all([withGuides, without].map(({ page }) => page.close()));
    });

    test('every control is 44 pixels high and shows that it has the focus', async ({ expect }) => {
      const { page } = await open({ screen: { width: 360, height: 800 } });
      const controls = page.locator('afterglow-confirmation :is(button, a)');
      await controls.first().waitFor();

      const heights = await Promise.all(
        (await controls.all()).map(async (each) => (await each.boundingBox())?.height ?? 0),
      );
      await page.keyboard.press('Tab');

      expect(heights).toHaveLength(6);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      expect(
        await page.evaluate(
          'getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle',
        ),
      ).toBe('solid');
      await page.close();
    });
  });
};
