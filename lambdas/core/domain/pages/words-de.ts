import type { Words } from './words.ts';

export const wordsDe: Words = {
  problems: {
    refused: {
      title: 'Dieser Link funktioniert nicht',
      text: 'Die Adresse ist unvollständig oder wurde unterwegs verändert. Bitte öffnen Sie den Link in der Nachricht selbst, keine Kopie davon. Hilft das nicht, schreiben Sie uns bitte.',
    },
    expired: {
      title: 'Dieser Link ist abgelaufen',
      text: 'Links in unseren Nachrichten gelten ein halbes Jahr. Bitte nehmen Sie den Link in einer neueren Nachricht, oder schreiben Sie uns.',
    },
    gone: {
      title: 'Dieser Link ist abgelaufen',
      text: 'Wir kennen diesen Link nicht mehr, oder die Adresse ist unvollständig. Bitte nehmen Sie den Link in einer neueren Nachricht, oder schreiben Sie uns.',
    },
    'no-such-page': {
      title: 'Hier ist nichts',
      text: 'Bitte öffnen Sie den Link in unserer Nachricht noch einmal. Haben Sie die Adresse abgetippt, vergleichen Sie sie bitte.',
    },
    'wrong-method': {
      title: 'Das hat nicht geklappt',
      text: 'Diese Seite wurde auf eine Art aufgerufen, die sie nicht kennt. Bitte öffnen Sie den Link in unserer Nachricht noch einmal.',
    },
    'too-large': {
      title: 'Das war zu viel',
      text: 'Was Sie gesendet haben, ist zu lang. Bitte gehen Sie zurück, kürzen Sie es und senden Sie es noch einmal.',
    },
    'no-form': {
      title: 'Das hat nicht geklappt',
      text: 'Wir konnten nicht lesen, was gesendet wurde. Bitte öffnen Sie den Link in unserer Nachricht noch einmal und nehmen Sie das Formular dort.',
    },
    'wrong-target': {
      title: 'Dieser Link funktioniert nicht',
      text: 'Er führt an einen Ort, der nicht zu uns gehört; darum öffnen wir ihn nicht. Bitte öffnen Sie den Link in der Nachricht selbst.',
    },
    nobody: {
      title: 'Wir wissen nicht, um wen es geht',
      text: 'Die Bestellung, zu der diese Nachricht gehört, nennt weder ein Konto noch eine Adresse. Darum können wir hier nichts ändern. Bitte schreiben Sie uns von der Adresse, die die Nachrichten bekommt.',
    },
    failed: {
      title: 'Bei uns ist etwas schiefgegangen',
      text: 'Es wurde nichts gespeichert. Bitte versuchen Sie es in ein paar Minuten noch einmal. Bleibt es dabei, schreiben Sie uns bitte.',
    },
  },
  help: 'Hilfe',
  privacy: 'Datenschutz',
  toPreferences: 'Wählen, was wir Ihnen senden dürfen',
  unsubscribe: {
    title: 'Keine Neuigkeiten und Angebote mehr per E\u2011Mail?',
    text: 'E-Mails zu Ihren Bestellungen erhalten Sie weiterhin: Bestätigungen, Lieferungen, Erstattungen.',
    button: 'Abbestellen',
  },
  unsubscribed: {
    title: 'Sie sind abgemeldet',
    text: 'Sie erhalten von uns keine Neuigkeiten und Angebote mehr per E-Mail. Eine Nachricht, die schon unterwegs ist, kann noch ankommen.',
  },
  preferences: {
    title: 'Was wir Ihnen senden dürfen',
    text: 'Kreuzen Sie an, was Sie erhalten möchten. Sie können es jederzeit ändern.',
    button: 'Speichern',
    saved:
      'Gespeichert. Es gilt ab jetzt; eine Nachricht, die schon unterwegs ist, kann noch ankommen.',
    unchanged: 'Es hat sich nichts geändert: So war es schon.',
    transactional: {
      title: 'Zu Ihren Bestellungen',
      text: 'Bestätigungen, Lieferungen, Erstattungen und alles, was schiefgeht. Diese Nachrichten gehören zu einer Bestellung und lassen sich nicht abschalten.',
    },
    purposes: {
      service: {
        title: 'Hilfe zu dem, was Sie gekauft haben',
        text: 'Wie man es benutzt und pflegt, und wie zufrieden Sie damit sind.',
      },
      marketing: {
        title: 'Neuigkeiten und Angebote',
        text: 'Produkte, die zu Ihren passen, Erinnerungen, und was es Neues gibt.',
      },
    },
    channels: {
      email: 'Per E-Mail',
      sms: 'Per SMS',
      push: 'Auf Ihrem Telefon, aus unserer App',
      audience: 'An anderen Orten gezeigt',
    },
    aboutAudience:
      'Werbepartner erhalten einen Code aus Ihrer Adresse, um Ihnen unsere Angebote auf anderen Seiten zu zeigen.',
  },
  survey: {
    question: {
      csat: () => 'Wie zufrieden sind Sie mit Ihrer Bestellung?',
      nps: (shop) => `Wie wahrscheinlich ist es, dass Sie ${shop} weiterempfehlen?`,
    },
    about: (orderId) => `Es geht um die Bestellung ${orderId}.`,
    scale: {
      csat: '1: gar nicht zufrieden. 5: sehr zufrieden.',
      nps: '0: sehr unwahrscheinlich. 10: sehr wahrscheinlich.',
    },
    comment: 'Was sollten wir wissen?',
    commentHint: 'Das Feld darf leer bleiben.',
    button: 'Antwort senden',
    noScore: 'Bitte wählen Sie zuerst eine Zahl.',
    tooLong: 'Ihr Kommentar ist zu lang: 2.000 Zeichen passen hinein.',
    thanks: {
      title: 'Vielen Dank',
      text: 'Ihre Antwort ist da. Fällt Ihnen noch etwas ein, können Sie noch einmal antworten: Die letzte Antwort zählt.',
    },
  },
  consent: (shop) => ({
    title: 'Dürfen wir Ihnen schreiben?',
    text: `Bitte bestätigen Sie, dass ${shop} Ihnen Neuigkeiten und Angebote per E-Mail senden darf. Sie können das jederzeit widerrufen, über einen Link in jeder dieser E-Mails.`,
    button: 'Ja, ich stimme zu',
  }),
  confirmed: (shop) => ({
    title: 'Vielen Dank',
    text: `Sie haben bestätigt, dass ${shop} Ihnen schreiben darf.`,
  }),
};
