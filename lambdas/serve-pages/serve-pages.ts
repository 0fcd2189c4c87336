import { confirmConsent, showConsent } from './confirm-consent.ts';
import { followShort, followTracked } from './follow-link.ts';
import { type PageAnswer, type PageRequest, readForm } from './page-request.ts';
import { savePreferences, showPreferences } from './preferences.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import { answerSurvey, showSurvey } from './survey.ts';
import { showUnsubscribe, unsubscribe } from './unsubscribe.ts';
import { openedBy, refusal, type Visit, visitOf } from './visit.ts';

/** A page that shows a form and takes it. Showing it changes nothing: mail scanners open links. */
interface FormPage {
  readonly show: (deps: ServePagesDeps, visit: Visit, query: URLSearchParams) => PageAnswer;
  readonly take: (
    deps: ServePagesDeps,
    visit: Visit,
    fields: URLSearchParams,
  ) => Promise<PageAnswer>;
}

const formPages = new Map<string, FormPage>([
  ['/unsubscribe', { show: (_, visit) => showUnsubscribe(visit), take: unsubscribe }],
  ['/preferences', { show: showPreferences, take: savePreferences }],
  ['/survey', { show: (_, visit, query) => showSurvey(visit, query), take: answerSurvey }],
  ['/consent', { show: (_, visit, query) => showConsent(visit, query), take: confirmConsent }],
]);

const shortLink = /^\/s\/([\w-]{1,64})$/;

/**
 * Answers a request for one of our pages or links. Whose it is, the token in the address says; there are no
 * cookies, so that no other site can have a visitor's browser do anything here.
 *
 * @throws when a store or the bus does not answer
 */
export const servePages =
  (deps: ServePagesDeps) =>
  async (request: PageRequest): Promise<PageAnswer> => {
    const answer = await answered(deps, request);
    return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
  };

const answered = (deps: ServePagesDeps, request: PageRequest): Promise<PageAnswer> => {
  const [, name] = shortLink.exec(request.path) ?? [];
  if (request.path === '/c') return onlyRead(deps, request, () => followTracked(deps, request));
  if (name !== undefined) return onlyRead(deps, request, () => followShort(deps, request, name));
  const page = formPages.get(request.path);
  return page === undefined
    ? Promise.resolve(refusal(deps, request, 'no-such-page'))
    : formPage(deps, request, page);
};

const reads: readonly string[] = ['GET', 'HEAD'];

const onlyRead = async (
  deps: ServePagesDeps,
  request: PageRequest,
  answer: () => Promise<PageAnswer>,
): Promise<PageAnswer> =>
  reads.includes(request.method) ? answer() : wrongMethod(deps, request, reads);

const wrongMethod = (
  deps: ServePagesDeps,
  request: PageRequest,
  allowed: readonly string[],
): PageAnswer => {
  const answer = refusal(deps, request, 'wrong-method');
  return { ...answer, headers: { ...answer.headers, Allow: allowed.join(', ') } };
};

const formPage = async (
  deps: ServePagesDeps,
  request: PageRequest,
  { show, take }: FormPage,
): Promise<PageAnswer> => {
  const { method, query } = request;
  const isPost = method === 'POST';
  if (!isPost && !reads.includes(method)) return wrongMethod(deps, request, [...reads, 'POST']);
  const form = isPost ? await readForm(request) : undefined;
  if (form !== undefined && form.kind !== 'form') return refusal(deps, request, form.kind);

  const opened = await openedBy(deps, request);
  if ('statusCode' in opened) return opened;
  const visit = await visitOf(deps, request, opened);
  return form === undefined ? show(deps, visit, query) : take(deps, visit, form.fields);
};
