import { describe, expect, test } from 'vitest';
import config from '#config';
import { affinityModel, affinityModels, affinityTables } from '#analytics/models.ts';
import type { AfterglowConfig } from '#core/contracts/config.ts';
import { AfterglowApp } from '#lib/afterglow-app.ts';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Cloud, resolveCloud, type Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, standInBundles, synthesized, temporaryFolder } from './synthesized.ts';

const { cloud } = synthesized('dev');

const find = (type: string, name: string, within: Cloud = cloud): Resource => {
  const found = within
    .ofType(type)
    .find((each) => each.stack.endsWith('Affinity') && constructOf(each) === name);
  if (found === undefined) throw new Error(`the stack Affinity has no ${type} ${name}`);
  return found;
};

const machine = find('AWS::StepFunctions::StateMachine', 'LearnAffinity');

const schedulesOf = (affinity: Partial<AfterglowConfig['affinity']>): readonly Resource[] => {
  const [dir, outdir] = [temporaryFolder(), temporaryFolder()];
  const changed = { ...config, affinity: { ...config.affinity, ...affinity } };
  const bundles = standInBundles(dir);
  new AfterglowApp({ config: changed, bundles, outdir, stage: 'dev' }).synth();
  return resolveCloud(readAssembly(outdir), 'https://aws.example')
    .ofType('AWS::Scheduler::Schedule')
    .filter(({ stack }) => stack.endsWith('Affinity'));
};

describe('the schedule', () => {
  test('starts the definition deployed last, every night, by a role of its own', () => {
    expect(find('AWS::Scheduler::Schedule', 'AffinitySchedule').properties).toMatchObject({
      ScheduleExpression: 'cron(30 2 * * ? *)',
      ScheduleExpressionTimezone: config.affinity.timeZone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `${machine.arn}:live`,
        RoleArn: find('AWS::IAM::Role', 'AffinitySchedulerRole').arn,
        Input: '{"onlyWithNews":true}',
      },
    });
  });

  test('is as the configuration says, and none when learning is off', () => {
    const weekly = schedulesOf({ schedule: 'rate(7 days)', timeZone: 'Europe/Berlin' });

    expect(weekly.map(({ properties }) => properties)).toMatchObject([
      { ScheduleExpression: 'rate(7 days)', ScheduleExpressionTimezone: 'Europe/Berlin' },
    ]);
    expect(schedulesOf({ enabled: false })).toEqual([]);
  });
});

describe('a table of the models', () => {
  const tables = cloud
    .ofType('AWS::Glue::Table')
    .filter(({ stack }) => stack.endsWith('Affinity'))
    .map(({ properties }) => Object(properties['TableInput']));

  test('is there for every statement that fills one', () => {
    expect(tables.map(({ Name }) => Name)).toEqual(affinityTables);
  });

  test.each(affinityTables)('%s has the columns of its statement, in their order', (name) => {
    const table = tables.find(({ Name }) => Name === name);
    const columns = [...table.StorageDescriptor.Columns, ...table.PartitionKeys].map(
      ({ Name, Type }: { readonly Name: string; readonly Type: string }) => [Name, Type],
    );

    expect(columns).toEqual(
      affinityModel(name, config.affinity).columns.map((column) => [column.name, column.type]),
    );
    expect(affinityModel(name, config.affinity).sql).toMatch(new RegExp(`^insert into ${name}\\s`));
  });

  test.each(affinityTables)(
    '%s has a partition a month, below its place as Hive names it',
    (name) => {
      const { Parameters, StorageDescriptor } = tables.find(({ Name }) => Name === name);

      expect(Parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.order_month.format': 'yyyy-MM',
        'projection.order_month.interval.unit': 'MONTHS',
        'storage.location.template': `${StorageDescriptor.Location}order_month=\${order_month}/`,
      });
      expect(StorageDescriptor.Location).toMatch(new RegExp(`/models/${name}/$`));
    },
  );

  test.each(affinityTables)('%s loses its rows when the window has passed them', (name) => {
    const rules = cloud
      .ofType('AWS::S3::Bucket')
      .flatMap(({ properties }) => Object(properties['LifecycleConfiguration']).Rules ?? []);

    expect(rules).toContainEqual(
      expect.objectContaining({
        Prefix: `models/${name}/`,
        ExpirationInDays: config.affinity.windowDays + 31,
      }),
    );
  });
});

describe('the machine', () => {
  const { DefinitionSubstitutions } = machine.properties;
  const statements: readonly (readonly [string, string])[] = Object.entries(
    Object(DefinitionSubstitutions),
  ).flatMap(([name, sql]) => (name.endsWith('Sql') ? [[name, String(sql)]] : []));

  test('asks in the work group with the limit, and the database of the stage', () => {
    expect(DefinitionSubstitutions).toMatchObject({
      WorkGroupName: 'afterglow-dev',
      DatabaseName: 'afterglow_dev',
    });
  });

  test('has every statement in one line that stands in JSON as it is', () => {
    expect(statements).toHaveLength(affinityModels.length);
    for (const [, sql] of statements) expect(JSON.parse(`"${sql}"`)).toBe(sql);
  });

  test('has no statement longer than Athena takes', () => {
    // Athena user guide, "Service Quotas": 262,144 bytes.
    for (const [, sql] of statements) expect(Buffer.byteLength(sql)).toBeLessThan(262_144);
  });
});

test('the function may take a quarter of an hour', () => {
  expect(find('AWS::Lambda::Function', 'LoadAffinity').properties).toMatchObject({ Timeout: 900 });
});
