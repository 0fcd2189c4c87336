import { useState } from 'preact/hooks';
import type { ClockView, StateView } from '../views.ts';
import { tell, wordsOf } from './api.ts';
import { Choice, Problem } from './parts.tsx';

const paces = [
  ['hour', 'an hour a second'],
  ['day', 'a day a second'],
  ['fast', 'as fast as possible'],
] as const;

interface ClockBarProps {
  readonly state: StateView;
  readonly onDone: () => void;
}

/** The virtual clock, and what lets time pass. */
export const ClockBar = ({ state: { clock, totals }, onDone }: ClockBarProps) => {
  const [pace, setPace] = useState('day');
  const [date, setDate] = useState('');
  const [problem, setProblem] = useState<string>();
  const isPaused = clock.mode === 'paused';
  const drive = (order: object): void => {
    tell('clock', order).then(
      () => {
        setProblem(undefined);
        onDone();
      },
      (error: unknown) => setProblem(wordsOf(error)),
    );
  };
  const skip = (event: Event): void => {
    event.preventDefault();
    drive({ kind: 'to', at: date });
  };
  return (
    <section class="clock" aria-label="Clock">
      <p class="now">
        <span class="label">Virtual time, UTC</span>
        <time dateTime={new Date(clock.nowMs).toISOString()}>{nowInWords(clock)}</time>
        <progress
          aria-label="Share of what is planned that has passed"
          max={1}
          value={shareOf(clock)}
        />
      </p>
      <div class="drive">
        <button
          type="button"
          class="main"
          onClick={() => drive(isPaused ? { kind: 'play', pace } : { kind: 'pause' })}
        >
          {isPaused ? 'Play' : 'Pause'}
        </button>
        <Choice
          label="Pace"
          value={pace}
          choices={paces}
          onChoice={(chosen) => {
            setPace(chosen);
            if (clock.mode === 'playing') drive({ kind: 'play', pace: chosen });
          }}
        />
        <button type="button" onClick={() => drive({ kind: 'step' })}>
          Step
        </button>
        <button type="button" onClick={() => drive({ kind: 'next-event' })}>
          Next event
        </button>
        <form onSubmit={skip}>
          <label class="field">
            Date
            <input
              type="date"
              required
              value={date}
              min={dayAfter(clock.nowMs)}
              onInput={({ currentTarget }) => setDate(currentTarget.value)}
            />
          </label>
          <button type="submit">Skip to it</button>
        </form>
      </div>
      <dl class="totals">
        <div>
          <dt>orders</dt>
          <dd>{totals.orders}</dd>
        </div>
        <div>
          <dt>messages</dt>
          <dd>{totals.messages}</dd>
        </div>
        <div>
          <dt>events</dt>
          <dd>{totals.events}</dd>
        </div>
        <div>
          <dt>journeys under way</dt>
          <dd>{totals.journeysUnderWay}</dd>
        </div>
      </dl>
      <p class="said" role="status">
        {isPaused ? `The clock stands still at ${nowInWords(clock)}` : 'Time passes'}
      </p>
      <Problem words={problem ?? clock.problem} />
    </section>
  );
};

const nowInWords = ({ nowMs }: ClockView): string =>
  new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');

const shareOf = ({ nowMs, fromMs, untilMs }: ClockView): number =>
  Math.min(1, (nowMs - fromMs) / (untilMs - fromMs));

const dayAfter = (ms: number): string => new Date(ms + 86_400_000).toISOString().slice(0, 10);
