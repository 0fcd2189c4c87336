import { describe, expect, test } from 'vitest';
import { stages } from '#core/domain/orders/stage-name.ts';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, policies, stage } = synthesized('dev');
const isOfJourneys = ({ stack }: Resource): boolean => stack.endsWith('Journeys');
const journeys = cloud.ofType('AWS::StepFunctions::StateMachine').filter(isOfJourneys);
const versions = cloud.ofType('AWS::StepFunctions::StateMachineVersion').filter(isOfJourneys);
const [key] = cloud.ofType('AWS::KMS::Key');
const [enrolStage] = cloud
  .ofType('AWS::Lambda::Function')
  .filter((each) => constructOf(each) === 'EnrolStage');
const environment = Object(Object(enrolStage?.properties['Environment']).Variables);

describe('a journey', () => {
  test('is there for every stage, for notices and for support', () => {
    expect(journeys.map((each) => constructOf(each).toLowerCase()).toSorted()).toEqual(
      [...stages, 'notice', 'support'].toSorted(),
    );
  });

  test.each(journeys)(
    '$logicalId is traced and logs without the data of customers',
    ({ properties }) => {
      expect(properties['TracingConfiguration']).toEqual({ Enabled: true });
      expect(properties['LoggingConfiguration']).toMatchObject({
        Level: 'ALL',
        IncludeExecutionData: false,
      });
    },
  );

  test.each(journeys)(
    '$logicalId logs to an encrypted group, for as long as the stage says',
    (journey) => {
      const group = cloud
        .ofType('AWS::Logs::LogGroup')
        .find((each) => constructOf(each) === `${constructOf(journey)}Logs`);

      expect(group?.properties).toMatchObject({
        RetentionInDays: stage.logDays,
        KmsKeyId: key?.arn,
      });
    },
  );

  test.each(journeys)('$logicalId is started by its alias `live`', (journey) => {
    const alias = cloud
      .ofType('AWS::StepFunctions::StateMachineAlias')
      .find((each) => constructOf(each) === `${constructOf(journey)}Live`);
    const variable = `${constructOf(journey).toUpperCase()}_STATE_MACHINE_ARN`;

    expect(alias?.properties['Name']).toBe('live');
    expect(environment[variable]).toBe(`${journey.arn}:live`);
    expect(environment[variable]).toBe(alias?.ref);
  });

  test.each(journeys)('$logicalId sends all that is started to its newest version', (journey) => {
    const alias = cloud
      .ofType('AWS::StepFunctions::StateMachineAlias')
      .find((each) => constructOf(each) === `${constructOf(journey)}Live`);
    const version = versions.find(
      ({ properties }) => properties['StateMachineArn'] === journey.arn,
    );

    expect(alias?.properties['RoutingConfiguration']).toEqual([
      { StateMachineVersionArn: version?.ref, Weight: 100 },
    ]);
  });

  test('keeps the versions before, for what they have started', () => {
    expect(versions).toHaveLength(journeys.length);
    for (const version of versions)
      expect(policies(version)).toEqual({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
  });
});
