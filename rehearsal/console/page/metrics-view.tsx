import type { MetricsView as Metrics } from '../views.ts';
import { Chart } from './chart.tsx';
import { Heading, Problem, Table } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';

export const MetricsView = ({ live: { version } }: { readonly live: Live }) => {
  const { answer, problem } = useAnswer<Metrics>('metrics', version);
  return (
    <>
      <section>
        <Heading>Metrics</Heading>
        <p class="reading">
          A point a virtual day, counted from what the system has told on its bus so far. What
          analysts see in Athena comes of the same facts: <code>npm run report</code>.
        </p>
        <Problem words={problem} />
      </section>
      <div class="two">
        {(answer?.charts ?? []).map((chart) => (
          <Chart key={chart.id} chart={chart} />
        ))}
      </div>
      <div class="two">
        {(answer?.tables ?? []).map(({ id, title, columns, rows }) => (
          <section key={id}>
            <h2>{title}</h2>
            <Table caption={title} columns={columns} rows={rows} numbers={[1]} empty="None yet." />
          </section>
        ))}
      </div>
    </>
  );
};
