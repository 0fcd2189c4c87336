import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { GraphView, JourneyView } from '../views.ts';
import { type Box, type Layout, layoutOf } from './graph-layout.ts';
import { Time } from './parts.tsx';

interface JourneyGraphProps {
  readonly graph: GraphView;
  /** The execution whose way is drawn; without one, where all are now. */
  readonly journey?: JourneyView | undefined;
}

/** A state machine as it is deployed, with the way of an execution. */
export const JourneyGraph = ({ graph, journey }: JourneyGraphProps) => {
  const [chosen, setChosen] = useState<string>();
  const drawn = useMemo(() => layoutOf(graph), [graph.machine]);
  const view = useRef<HTMLDivElement>(null);
  const way = wayOf(journey);
  const here = [...way.marks].find(([, mark]) => mark === 'now')?.[0] ?? graph.startAt;
  const box = drawn.boxes.find(({ name }) => name === here);
  useEffect(() => {
    const { current } = view;
    if (current === null || box === undefined) return;
    // Where it is now comes into sight, also of a graph that is wider than the page.
    current.scrollLeft = box.x - current.clientWidth / 2;
    current.scrollTop = box.y - current.clientHeight / 2;
  }, [here]);
  return (
    <div class="machine">
      <p class="note">{graph.comment}</p>
      <div
        ref={view}
        class="scroll graph"
        role="region"
        aria-label={`States of ${graph.machine}`}
        tabIndex={0}
      >
        <Drawing
          graph={graph}
          layout={drawn}
          journey={journey}
          chosen={chosen}
          onChoice={setChosen}
        />
      </div>
      <div class="beside">
        <State graph={graph} name={chosen} />
        {journey === undefined ? <Now graph={graph} /> : <Way journey={journey} />}
      </div>
    </div>
  );
};

interface DrawingProps extends JourneyGraphProps {
  readonly layout: Layout;
  readonly chosen: string | undefined;
  readonly onChoice: (name: string | undefined) => void;
}

const Drawing = ({ graph, layout, journey, chosen, onChoice }: DrawingProps) => {
  const { boxes, wires, width, height } = layout;
  const { marks, steps } = wayOf(journey);
  const counts = journey === undefined ? graph.now : {};
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={`The ${graph.machine} journey as a graph`}
    >
      <defs>
        <marker
          id="tip"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerUnits="userSpaceOnUse"
          markerWidth="9"
          markerHeight="9"
          orient="auto"
        >
          <path d="M0,0 L8,4 L0,8 z" />
        </marker>
      </defs>
      {wires.map(({ from, to, kind, d }, at) => (
        <path
          key={at}
          class={`wire ${kind} ${steps.has(`${from}>${to}`) ? 'gone' : ''}`}
          d={d}
          marker-end="url(#tip)"
        />
      ))}
      {boxes.map(({ name, x, y, width: wide }) =>
        (counts[name] ?? 0) > 0 ? (
          <text key={name} class="count" x={x + wide / 2 + 6} y={y + 4} aria-hidden="true">
            {counts[name]}
          </text>
        ) : null,
      )}
      {boxes.map((box) => (
        <StateBox
          key={box.name}
          box={box}
          mark={marks.get(box.name) ?? ''}
          type={graph.states.find(({ name }) => name === box.name)?.type ?? ''}
          count={counts[box.name]}
          isChosen={box.name === chosen}
          onChoice={() => onChoice(box.name === chosen ? undefined : box.name)}
        />
      ))}
    </svg>
  );
};

interface StateBoxProps {
  readonly box: Box;
  readonly mark: string;
  readonly type: string;
  readonly count: number | undefined;
  readonly isChosen: boolean;
  readonly onChoice: () => void;
}

const markWords: Readonly<Record<string, string>> = { now: ', now here', been: ', was here' };

const StateBox = ({ box, mark, type, count = 0, isChosen, onChoice }: StateBoxProps) => {
  const { name, x, y, width, height } = box;
  return (
    <g
      class={`state ${type} ${mark} ${count > 0 ? 'busy' : ''}`}
      transform={`translate(${x - width / 2},${y - height / 2})`}
      tabIndex={0}
      role="button"
      aria-pressed={isChosen}
      aria-label={`${name}, ${type}${markWords[mark] ?? ''}${count > 0 ? `, ${count} here now` : ''}`}
      onClick={onChoice}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoice();
      }}
    >
      <rect width={width} height={height} rx={type === 'Choice' ? 17 : 6} />
      <text class="middle" x={width / 2} y={height / 2 + 4}>
        {name}
      </text>
    </g>
  );
};

/** Whatever was chosen in the graph, with where it leads. */
const State = ({
  graph,
  name,
}: {
  readonly graph: GraphView;
  readonly name: string | undefined;
}) => {
  const state = graph.states.find((each) => each.name === name);
  if (state === undefined)
    return <p class="note">Choose a state to see what it does and where it leads.</p>;
  const out = graph.edges.filter(({ from }) => from === name);
  return (
    <div role="status">
      <h3>
        {state.name} <span class="of">{state.type}</span>
      </h3>
      <p>{state.comment}</p>
      <ul>
        {out.map(({ to, kind, label }, at) => (
          <li key={at}>
            {kind === 'next' ? 'then ' : `${kind} `}
            {label === undefined ? '' : <code>{label}</code>} → {to}
          </li>
        ))}
        {state.isEnd ? <li>ends the journey</li> : null}
      </ul>
    </div>
  );
};

const Way = ({ journey: { path, status, error } }: { readonly journey: JourneyView }) => (
  <>
    <h3>
      Its way <span class="of">{status}</span>
    </h3>
    <ol class="way">
      {path.map(({ state, enteredAt, leftAt }, at) => (
        <li key={at}>
          <strong>{state}</strong> <Time at={enteredAt} />
          {leftAt === undefined ? (
            ' – until now'
          ) : leftAt === enteredAt ? null : (
            <>
              {' – '}
              <Time at={leftAt} />
            </>
          )}
        </li>
      ))}
    </ol>
    {error === undefined ? null : <p class="notice">{error}</p>}
  </>
);

const Now = ({ graph: { now, started, running } }: { readonly graph: GraphView }) => (
  <>
    <h3>Now</h3>
    <p>
      {started} {started === 1 ? 'execution' : 'executions'} so far, {running} under way.
    </p>
    <ul>
      {Object.entries(now).map(([state, count]) => (
        <li key={state}>
          {count} in {state}
        </li>
      ))}
    </ul>
  </>
);

/** States that it was in or is in, and steps from one to the next. */
const wayOf = (journey: JourneyView | undefined) => {
  const path = journey?.path ?? [];
  const marks = new Map(path.map(({ state }) => [state, 'been']));
  for (const { state, leftAt } of path)
    if (leftAt === undefined && journey?.status === 'running') marks.set(state, 'now');
  const steps = new Set(path.slice(1).map(({ state }, at) => `${path[at]?.state}>${state}`));
  return { marks, steps };
};
