import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** What the client's thread is given. */
export interface SteadyLoad {
  readonly port: number;
  readonly bodies: readonly string[];
  readonly perSecond: number;
}

/** How one request went. */
export interface SteadyAnswer {
  /** Milliseconds from when it was due, whether the client was late or not (coordinated omission). */
  readonly ms: number;
  readonly status: number;
}

/**
 * The client of the bench, in a thread of its own: asks at a steady pace whether or not it was answered before, as
 * visitors do.
 */
const ask = (agent: Agent, port: number, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/sessions',
        headers: { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.on('error', reject);
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

const run = async ({ port, bodies, perSecond }: SteadyLoad): Promise<readonly SteadyAnswer[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const startMs = performance.now();
  const answers = await Promise.all(
    bodies.map(async (body, at) => {
      const dueMs = startMs + (at * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
      const status = await ask(agent, port, body);
      return { ms: performance.now() - dueMs, status };
    }),
  );
  agent.destroy();
  return answers;
};

if (parentPort !== null) parentPort.postMessage(await run(workerData));
