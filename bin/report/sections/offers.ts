import { count, counted, FEWEST, NOTHING, rate, rateRange } from '../formats.ts';
import { maybeNumberIn, maybeTextIn, numberIn, type Rows, sumOf, textIn } from '../rows.ts';
import { where } from '../scope.ts';
import { type Chapter, columnsOf, type ReportContext, type Table, type Told } from '../section.ts';

const TOP = 15;

/** Which offers and partners earn their place on the page. */
export const offers: Chapter = {
  id: 'offers',
  title: 'Offers and partners',
  views: ['offer_performance', 'partner_yield'],
  queries: (scope) => [
    `select * from offer_performance ${where(scope)} order by shown desc, shop, offer_id`,
    `select * from partner_yield ${where(scope)} order by commission_minor desc, shop, partner`,
  ],
  tell: ([rows = [], partners = []], context) =>
    rows.length + partners.length === 0
      ? {
          reading: 'No offer was shown on a confirmation page.',
          notes: [
            'The shop’s page says what it showed and what was done with it: OfferShown, OfferClicked, OfferAccepted, OfferDismissed.',
          ],
        }
      : toldOffers(rows, partners, context),
};

const toldOffers = (rows: Rows, partners: Rows, context: ReportContext): Told => {
  const { money } = context;
  const [shown, clicked] = [sumOf(rows, 'shown'), sumOf(rows, 'clicked')];
  const accepted = sumOf(rows, 'accepted');
  const commission = sumOf(partners, 'commission_minor');
  return {
    reading:
      shown < FEWEST
        ? `With ${counted(shown, 'showing')} it is too early to say which offers earn their place.`
        : `Of ${counted(shown, 'showing')} ${rate(clicked, shown)} were clicked and ${rate(accepted, shown)} taken up (${rateRange(accepted, shown)}); partners confirmed ${money.sums([commission])(commission)}.`,
    tables: [offerTable(rows, context), ...partnerTables(partners, context)],
    notes: [
      'Offers in better places are clicked more: compare within a place. Of all time, whichever months the report is of.',
    ],
  };
};

const offerTable = (rows: Rows, { money, shopName }: ReportContext): Table => {
  const write = money.sums(rows.map((row) => numberIn(row, 'revenue_minor')));
  return {
    caption: `The ${Math.min(TOP, rows.length)} offers shown most, of ${rows.length}`,
    columns: columnsOf(
      'Offer',
      'Shop*',
      'Type*',
      'Shown',
      'Clicked',
      'Taken up',
      'Take-up rate',
      '95% interval',
      'Mean place',
      'Revenue',
      'Per 1,000 showings',
    ),
    rows: rows.slice(0, TOP).map((row) => {
      const [shown, accepted] = [numberIn(row, 'shown'), numberIn(row, 'accepted')];
      const perThousand = maybeNumberIn(row, 'revenue_per_thousand_minor');
      return [
        textIn(row, 'offer_id'),
        shopName(textIn(row, 'shop')),
        maybeTextIn(row, 'offer_type') ?? NOTHING,
        count(shown),
        count(numberIn(row, 'clicked')),
        count(accepted),
        rate(accepted, shown),
        rateRange(accepted, shown),
        (maybeNumberIn(row, 'mean_slot') ?? 0) === 0
          ? NOTHING
          : numberIn(row, 'mean_slot').toFixed(1),
        write(numberIn(row, 'revenue_minor')),
        perThousand === undefined || shown < FEWEST ? NOTHING : money.each(perThousand),
      ];
    }),
  };
};

const partnerTables = (rows: Rows, { money, shopName }: ReportContext): readonly Table[] => {
  if (rows.length === 0) return [];
  const write = money.sums(rows.map((row) => numberIn(row, 'commission_minor')));
  const each = (value: number | undefined, n: number): string =>
    value === undefined || n < FEWEST ? NOTHING : money.each(value);
  return [
    {
      caption: 'Partners, by confirmed commission',
      columns: columnsOf(
        'Partner',
        'Shop*',
        'Sessions',
        'Clicked',
        'Taken up',
        'Commission',
        'Per session',
        'Per click',
      ),
      rows: rows
        .slice(0, TOP)
        .map((row) => [
          textIn(row, 'partner'),
          shopName(textIn(row, 'shop')),
          count(numberIn(row, 'sessions')),
          count(numberIn(row, 'clicked')),
          count(numberIn(row, 'accepted')),
          write(numberIn(row, 'commission_minor')),
          each(maybeNumberIn(row, 'commission_per_session_minor'), numberIn(row, 'sessions')),
          each(maybeNumberIn(row, 'commission_per_click_minor'), numberIn(row, 'clicked')),
        ]),
    },
  ];
};
