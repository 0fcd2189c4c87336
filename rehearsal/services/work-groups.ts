import * as z from 'zod';
import type { Cloud } from '../assembly/cloud.ts';
import type { S3Place } from './athena-access.ts';
import { AwsError } from './aws-error.ts';

const properties = z.object({
  State: z.literal('ENABLED').default('ENABLED'),
  WorkGroupConfiguration: z
    .object({
      // CloudFormation may say truth as text.
      EnforceWorkGroupConfiguration: z
        .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
        .default(true),
      ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).prefault({}),
    })
    .prefault({}),
});

/** The work groups of the templates, by name: where each has its results written. */
export class WorkGroups {
  readonly #groups: ReadonlyMap<string, z.output<typeof properties>>;

  constructor(cloud: Cloud) {
    this.#groups = new Map(
      cloud.ofType('AWS::Athena::WorkGroup').map(({ name, logicalId, properties: given }) => {
        const parsed = properties.safeParse(given);
        if (!parsed.success)
          throw new Error(`${logicalId}: not modelled: ${z.prettifyError(parsed.error)}`);
        return [name, parsed.data];
      }),
    );
  }

  /**
   * Where the result of a query lies.
   *
   * @param asked OutputLocation of the request, which counts unless the group enforces its own
   * @throws {AwsError} InvalidRequestException
   */
  resultPlace(group: string, asked: unknown, queryId: string): S3Place {
    const found = this.#groups.get(group)?.WorkGroupConfiguration;
    if (found === undefined)
      throw new AwsError('InvalidRequestException', `WorkGroup ${group} is not found.`);
    const own = found.ResultConfiguration.OutputLocation;
    const given = typeof asked === 'string' ? asked : own;
    const location = found.EnforceWorkGroupConfiguration ? own : given;
    const [, bucket, folder] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(location ?? '') ?? [];
    if (bucket === undefined || folder === undefined)
      throw new AwsError(
        'InvalidRequestException',
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      );
    const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
    return { bucket, path: `${prefix}${queryId}.csv` };
  }
}
