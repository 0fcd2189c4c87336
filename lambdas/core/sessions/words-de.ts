import type { PageWords } from './words.ts';

export const wordsDe: PageWords = {
  words: {
    heading: 'Bevor Sie gehen',
    dismiss: 'Nein, danke',
    opensPartner: 'öffnet die Website eines anderen Unternehmens',
    pending: 'Einen Moment: Wir fügen es Ihrer Bestellung hinzu.',
    confirmed: 'Erledigt: Es kommt mit Ihrer Bestellung.',
    refused: 'Das hat nicht geklappt. Es wurde nichts hinzugefügt, und Sie zahlen nichts dafür.',
    expired:
      'Wir konnten es nicht rechtzeitig bestätigen. Es wurde nichts hinzugefügt, und Sie zahlen nichts dafür.',
    failed: 'Das ist nicht angekommen. Bitte versuchen Sie es noch einmal.',
  },
  confirmedAsNewOrder: 'Erledigt: Sie erhalten eine eigene Bestätigung.',
  pendingAsNewOrder: 'Einen Moment: Wir geben die Bestellung auf.',
  guide: (product) => `Anleitung: ${product}`,
  review: 'Wenn Sie es eine Weile benutzt haben, bitten wir Sie um eine kurze Bewertung.',
  survey: {
    nps: 'In etwa zwei Wochen stellen wir Ihnen eine Frage: Würden Sie uns empfehlen?',
    csat: 'In etwa zwei Wochen stellen wir Ihnen eine Frage: Sind Sie zufrieden damit?',
  },
};
