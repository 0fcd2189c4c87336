import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly } from './assembly/assembly.ts';
import { type Cloud, resolveCloud } from './assembly/cloud.ts';
import { VirtualClock } from './clock.ts';
import { decideFate } from './faults/call-fates.ts';
import { FaultInjector } from './faults.ts';
import { openInvocations } from './open-invocations.ts';
import type { RehearsalOptions } from './rehearsal-options.ts';
import type { InvocationJournal } from './sandbox/invocation-journal.ts';
import { Authorizer } from './services/authorizer.ts';
import { createTables, type Tables } from './services/dynamodb.ts';
import { type Gateway, openGateway } from './services/gateway.ts';
import { openJournal } from './services/write-journal.ts';

/** What functions know as the address of AWS; the same in every rehearsal, as it is part of names. */
const ENDPOINT = 'http://aws.rehearsal.invalid:8080';

/** What a rehearsal is made of. */
export interface Parts {
  readonly clock: VirtualClock;
  readonly cloud: Cloud;
  readonly gateway: Gateway;
  readonly authorizer: Authorizer;
  readonly tables: Tables;
  readonly options: RehearsalOptions;
  readonly faults: FaultInjector;
  readonly assets: ReadonlyMap<string, string>;
  readonly invocations: InvocationJournal | undefined;
}

/** How functions run, and where what they ask of AWS goes. */
export const functionsOf = ({ clock, gateway, faults, assets, invocations }: Parts) => ({
  assets,
  endpoint: ENDPOINT,
  socket: gateway.endpoint,
  ask: gateway.ask,
  perform: gateway.perform,
  journal: invocations,
  decideFate: decideFate(faults, () => clock.now()),
});

/** Reads the assembly and makes what all services rest on. */
export const makeParts = async (options: RehearsalOptions): Promise<Parts> => {
  await mkdir(join(options.stateDir, 'logs'), { recursive: true });
  // A small item of a table would keep the whole slab of memory that its bytes are a slice of.
  Buffer.poolSize = 0;
  const assembly = readAssembly(options.assemblyDir, options.stacks);
  const gateway = await openGateway();
  try {
    const cloud = resolveCloud(assembly, ENDPOINT);
    const authorizer = new Authorizer(cloud);
    return {
      cloud,
      gateway,
      authorizer,
      options,
      tables: await createTables(cloud, authorizer, openJournal(options.journal)),
      clock: new VirtualClock(options.startMs),
      faults: new FaultInjector(options.faults, options.seed),
      assets: assembly.assets,
      invocations: openInvocations(options, assembly),
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
};
