import { useState } from 'preact/hooks';
import type { GraphView } from '../views.ts';
import { JourneyGraph } from './journey-graph.tsx';
import { Choice, Heading, Problem } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';

/** Every deployed state machine, with where its executions are now. */
export const JourneysView = ({ live: { version } }: { readonly live: Live }) => {
  const [chosen, setChosen] = useState('fulfilment');
  const { answer: graphs = [], problem } = useAnswer<readonly GraphView[]>('journeys', version);
  const graph = graphs.find(({ machine }) => machine === chosen) ?? graphs[0];
  return (
    <section>
      <Heading>Journeys</Heading>
      <Problem words={problem} />
      {graph === undefined ? null : (
        <>
          <Choice
            label="State machine"
            value={graph.machine}
            choices={graphs.map(({ machine, running }) => [
              machine,
              `${machine}: ${running} under way`,
            ])}
            onChoice={setChosen}
          />
          <h2>{graph.machine}</h2>
          <JourneyGraph key={graph.machine} graph={graph} />
        </>
      )}
    </section>
  );
};
