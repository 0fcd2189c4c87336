import { useState } from 'preact/hooks';
import type { DeedView, OrderView as Order } from '../views.ts';
import { tell, wordsOf } from './api.ts';
import { Choice, Problem } from './parts.tsx';

const scores = Array.from({ length: 11 }, (_, score) => [String(score), String(score)] as const);

/** What can be tried on an order now. */
export const Deeds = ({
  order,
  onDone,
}: {
  readonly order: Order;
  readonly onDone: () => void;
}) => {
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [score, setScore] = useState('3');
  const { shop, orderId, deeds } = order;
  const act = ({ kind, label }: DeedView): void => {
    const answer = kind === 'answer' ? { score: Number(score) } : {};
    tell<{ readonly done: string }>('deed', { kind, shop, orderId, ...answer }).then(
      ({ done }) => {
        setProblem(undefined);
        setSaid(`${label}: ${done}.`);
        onDone();
      },
      (error: unknown) => {
        setSaid(undefined);
        setProblem(`${label}: ${wordsOf(error)}.`);
      },
    );
  };
  return (
    <section>
      <h2>Try something</h2>
      <p class="note">
        Each goes the way that shops, carriers and customers go, at the virtual now; ten seconds
        pass.
      </p>
      <ul class="deeds">
        {deeds.map((deed) => (
          <li key={deed.kind}>
            <button
              type="button"
              aria-describedby={deed.refusal === undefined ? undefined : `why-${deed.kind}`}
              class={deed.refusal === undefined ? undefined : 'idle'}
              onClick={() => act(deed)}
            >
              {deed.label}
              {deed.kind === 'answer' ? ` with ${score}` : ''}
            </button>
            {deed.refusal === undefined ? null : (
              <span class="why" id={`why-${deed.kind}`}>
                {deed.refusal}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Choice label="Answer to the survey" value={score} choices={scores} onChoice={setScore} />
      <p role="status" class="done">
        {said}
      </p>
      <Problem words={problem} />
    </section>
  );
};
