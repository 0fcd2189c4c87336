import type { Survey } from '../orders/order-event.ts';
import { scoresIn } from '../messages/survey-view.ts';
import { type Html, markup, nothing } from './html.ts';
import { type Page, type PageFrame, pageOf } from './page.ts';
import { type Choice, choiceName } from './preferences.ts';
import { mostCommentCharacters } from './survey-answer.ts';
import type { ProblemKind } from './words.ts';

/** A page that is opened by a message's token. */
export interface OpenedFrame extends PageFrame {
  readonly shop: NonNullable<PageFrame['shop']>;
  readonly token: string;
}

const paragraph = (text: string): Html => markup`<p>${text}</p>`;

/** Sent to where the page itself is, so that it does not matter below which path that is. */
const form = (token: string, fields: Html): Html =>
  markup`<form method="post" action="?t=${encodeURIComponent(token)}">${fields}</form>`;

const button = (label: string): Html => markup`<button type="submit">${label}</button>`;

const preferencesLink = ({ words, token }: OpenedFrame): Html =>
  markup`<p><a href="preferences?t=${encodeURIComponent(token)}">${words.toPreferences}</a></p>`;

/** What went wrong, and what to do about it. */
export const problemPage = (frame: PageFrame, kind: ProblemKind): Page => {
  const { shop, words } = frame;
  const { title, text } = words.problems[kind];
  const way =
    shop === undefined
      ? nothing
      : markup`<p><a class="button" href="${shop.helpUrl}">${words.help}</a></p>`;
  return pageOf(frame, { title, body: markup`${paragraph(text)}${way}` });
};

export const unsubscribePage = (frame: OpenedFrame): Page => {
  const { title, text, button: label } = frame.words.unsubscribe;
  const ask = form(frame.token, markup`<p>${button(label)}</p>`);
  return pageOf(frame, { title, body: markup`${paragraph(text)}${ask}${preferencesLink(frame)}` });
};

export const unsubscribedPage = (frame: OpenedFrame): Page => {
  const { title, text } = frame.words.unsubscribed;
  return pageOf(frame, { title, body: markup`${paragraph(text)}${preferencesLink(frame)}` });
};

/** @param told what is said first, of what was just done */
export const preferencesPage = (
  frame: OpenedFrame,
  choices: readonly Choice[],
  told?: 'saved' | 'unchanged',
): Page => {
  const { title, text, button: label, transactional, ...words } = frame.words.preferences;
  const fieldsets = (['service', 'marketing'] as const).map((purpose) => {
    const about = words.purposes[purpose];
    const boxes = choices.filter((each) => each.purpose === purpose).map(checkbox(frame));
    return markup`<fieldset><legend>${about.title}</legend><p class="muted">${about.text}</p>${boxes}</fieldset>`;
  });
  const always = markup`<h2>${transactional.title}</h2><p class="muted">${transactional.text}</p>`;
  const fields = markup`${fieldsets}${always}<p>${button(label)}</p>`;
  const done = told === undefined ? nothing : notice('status', words[told]);
  return pageOf(frame, {
    title,
    body: markup`${done}${paragraph(text)}${form(frame.token, fields)}`,
  });
};

const checkbox =
  ({ words: { preferences } }: OpenedFrame) =>
  (choice: Choice): Html => {
    const { channels, aboutAudience } = preferences;
    const about = choice.channel === 'audience' ? markup`<small>${aboutAudience}</small>` : nothing;
    const box = markup`<input type="checkbox" name="on" value="${choiceName(choice)}"${checked(choice.isOn)}>`;
    return markup`<label class="choice">${box}<span>${channels[choice.channel]}${about}</span></label>`;
  };

const checked = (isChecked: boolean): Html => (isChecked ? markup` checked` : nothing);

/** Read out when the page opens. */
const notice = (role: 'status' | 'alert', text: string): Html =>
  markup`<div class="told" role="${role}">${paragraph(text)}</div>`;

export interface SurveyForm {
  readonly survey: Survey;
  readonly orderId: string;
  readonly score: number | undefined;
  readonly comment: string;
  readonly problem?: 'noScore' | 'tooLong' | undefined;
}

export const surveyPage = (frame: OpenedFrame, asked: SurveyForm): Page => {
  const words = frame.words.survey;
  const { survey, orderId, score, comment, problem } = asked;
  const scale = scoresIn(survey).map(
    (each) =>
      markup`<label><input type="radio" name="score" value="${each}" required${checked(each === score)}>${each}</label>`,
  );
  const fields = markup`<fieldset><legend class="muted">${words.scale[survey]}</legend><div class="scale">${scale}</div></fieldset>
<label for="comment">${words.comment}</label> <span class="muted" id="hint">${words.commentHint}</span>
<textarea id="comment" name="comment" maxlength="${mostCommentCharacters}" aria-describedby="hint">
${comment}</textarea>
<p>${button(words.button)}</p>`;
  const wrong = problem === undefined ? nothing : notice('alert', words[problem]);
  return pageOf(frame, {
    title: words.question[survey](frame.shop.name),
    body: markup`${wrong}${form(frame.token, fields)}<p class="muted">${words.about(orderId)}</p>`,
  });
};

export const thanksPage = (frame: OpenedFrame): Page => {
  const { title, text } = frame.words.survey.thanks;
  return pageOf(frame, { title, body: paragraph(text) });
};

export const consentPage = (frame: OpenedFrame): Page => {
  const { title, text, button: label } = frame.words.consent(frame.shop.name);
  const fields = markup`<input type="hidden" name="c" value="email"><p>${button(label)}</p>`;
  return pageOf(frame, { title, body: markup`${paragraph(text)}${form(frame.token, fields)}` });
};

export const confirmedPage = (frame: OpenedFrame): Page => {
  const { title, text } = frame.words.confirmed(frame.shop.name);
  return pageOf(frame, { title, body: markup`${paragraph(text)}${preferencesLink(frame)}` });
};
