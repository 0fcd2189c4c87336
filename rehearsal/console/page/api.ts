/** What the console answers to something that makes no sense, in words. */
export class ConsoleProblem extends Error {
  override readonly name = 'ConsoleProblem';
}

const GONE = 'the console does not answer: is npm start still running?';

const answered = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const got = await response.catch((cause: unknown) => {
    throw new ConsoleProblem(GONE, { cause });
  });
  const told: Answer & { readonly problem?: string } = await got.json();
  if (!got.ok) throw new ConsoleProblem(told.problem ?? `the console answered ${got.status}`);
  return told;
};

/** @throws {ConsoleProblem} */
export const ask = <Answer>(path: string): Promise<Answer> =>
  answered(fetch(`/console/api/${path}`));

/** @throws {ConsoleProblem} */
export const tell = <Answer>(name: string, what: object): Promise<Answer> =>
  answered(
    fetch(`/console/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    }),
  );

/** `orders?search=x&from=25`, without what is not given. */
export const query = (
  name: string,
  given: Readonly<Record<string, string | number | undefined>>,
): string => {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined || value === '' || value === 0 ? [] : [[key, String(value)]],
  );
  return `${name}?${new URLSearchParams(pairs).toString()}`;
};

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
