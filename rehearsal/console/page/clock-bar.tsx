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

type Drive = (order: object) => void;

/** The virtual clock, and what lets time pass. */
export const ClockBar = ({ state: { clock, totals }, onDone }: ClockBarProps) => {
  const [problem, setProblem] = useState<string>();
  const drive: Drive = (order) => {
    tell('clock', order).then(
      () => {
        setProblem(undefined);
        onDone();
      },
      (error: unknown) => setProblem(wordsOf(error)),
    );
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
        <Playing clock={clock} drive={drive} />
        <button type="button" onClick={() => drive({ kind: 'step' })}>
          Step
        </button>
        <button type="button" onClick={() => drive({ kind: 'next-event' })}>
          Next event
        </button>
        <Skipping nowMs={clock.nowMs} drive={drive} />
      </div>
      <dl class="totals">
        {countsIn(totals).map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <p class="said" role="status">
        {clock.mode === 'paused' ? `The clock stands still at ${nowInWords(clock)}` : 'Time passes'}
      </p>
      <Problem words={problem ?? clock.problem} />
    </section>
  );
};

const countsIn = ({ orders, messages, events, journeysUnderWay }: StateView['totals']) =>
  [
    ['orders', orders],
    ['messages', messages],
    ['events', events],
    ['journeys under way', journeysUnderWay],
  ] as const;

const Playing = ({ clock, drive }: { readonly clock: ClockView; readonly drive: Drive }) => {
  const [pace, setPace] = useState('day');
  const isPaused = clock.mode === 'paused';
  return (
    <>
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
    </>
  );
};

const Skipping = ({ nowMs, drive }: { readonly nowMs: number; readonly drive: Drive }) => {
  const [date, setDate] = useState('');
  const skip = (event: Event): void => {
    event.preventDefault();
    drive({ kind: 'to', at: date });
  };
  return (
    <form onSubmit={skip}>
      <label class="field">
        Date
        <input
          type="date"
          required
          value={date}
          min={dayAfter(nowMs)}
          onInput={({ currentTarget }) => setDate(currentTarget.value)}
        />
      </label>
      <button type="submit">Skip to it</button>
    </form>
  );
};

const nowInWords = ({ nowMs }: ClockView): string =>
  new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');

const shareOf = ({ nowMs, fromMs, untilMs }: ClockView): number =>
  Math.min(1, (nowMs - fromMs) / (untilMs - fromMs));

const dayAfter = (ms: number): string => new Date(ms + 86_400_000).toISOString().slice(0, 10);
