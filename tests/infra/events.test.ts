import { describe, expect, test } from 'vitest';
import config from '#config';
import { incomingEvents, sourceOf } from '#core/contracts/incoming-events.ts';
import { pageTypes, recordedTypes } from '#lambdas/record-facts/contract.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const [bus] = cloud.ofType('AWS::Events::EventBus');

describe('the archive', () => {
  test.each(['dev', 'prod'])('of %s keeps every event for as long as the stage says', (name) => {
    const { cloud: deployed, stage } = synthesized(name);
    const archives = deployed.ofType('AWS::Events::Archive');

    expect(archives.map(({ properties }) => properties)).toMatchObject([
      {
        SourceArn: deployed.ofType('AWS::Events::EventBus')[0]?.arn,
        EventPattern: { account: [deployed.account] },
        RetentionDays: stage.archiveDays,
      },
    ]);
  });
});

describe('the schema registry', () => {
  const schemas = cloud.ofType('AWS::EventSchemas::Schema').map(({ properties }) => properties);

  test('has a schema for every event in and out', () => {
    expect(schemas.map(({ SchemaName }) => String(SchemaName)).toSorted()).toEqual(
      [...Object.keys(incomingEvents), ...Object.keys(outgoingEvents)].toSorted(),
    );
  });

  test.each(schemas)(
    'tells of $SchemaName what an event needs',
    ({ Type, SchemaName, Content }) => {
      const schema = JSON.parse(String(Content));

      expect(Type).toBe('JSONSchemaDraft4');
      expect(schema).toMatchObject({ title: SchemaName, type: 'object' });
      expect(schema.required).toEqual(
        expect.arrayContaining(['eventId', 'occurredAt', 'schemaVersion', 'shop']),
      );
    },
  );
});

describe('a rule', () => {
  const rules = new Map(
    cloud.ofType('AWS::Events::Rule').map((rule) => [constructOf(rule), rule.properties]),
  );
  const takes = (rule: string, source: string, detailType: string): boolean =>
    matchesEvent(compileEventPattern(rules.get(rule)?.['EventPattern']), {
      source,
      'detail-type': detailType,
      detail: {},
    });

  test('belongs to the bus, and to the default one where SES tells', () => {
    const onBus = [...rules].filter(([, { EventBusName }]) => EventBusName === bus?.name);
    const onDefault = [...rules].filter(([, { EventBusName }]) => EventBusName === undefined);

    expect(onBus.map(([name]) => name)).toEqual([
      'ToIngress',
      'CallsTouchReturnedRule',
      'CallsContactReviewDueRule',
      'CallsOrderAcceptedRule',
      'CallsStageCompletedRule',
      'CallsNoticeDueRule',
      'OwnFacts',
      'PageFacts',
      'ToBought',
      'CallsErasureDueRule',
    ]);
    expect(onDefault.map(([name]) => name)).toEqual(['SesToFeedback']);
  });

  test.each(Object.keys(incomingEvents))('takes %s in, from every shop', (detailType) => {
    for (const shop of Object.keys(config.shops))
      expect(takes('ToIngress', sourceOf(shop), detailType)).toBe(true);
  });

  test.each([
    ['aws.partner/shopify.com/1/orders', 'shopifyWebhook'],
    ['oms.unknown-shop', 'OrderPlaced'],
    ['afterglow.of-somebody-else', 'OrderPlaced'],
    ['aws.events', 'Scheduled Event'],
  ])('takes in what is not for us, to be parked: %s', (source, detailType) => {
    expect(takes('ToIngress', source, detailType)).toBe(true);
  });

  test.each(Object.keys(outgoingEvents))('does not take in our own %s', (detailType) => {
    expect(takes('ToIngress', 'afterglow', detailType)).toBe(false);
  });

  const called = [
    'OrderAccepted',
    'StageCompleted',
    'NoticeDue',
    'TouchReturned',
    'ContactReviewDue',
    'ErasureDue',
  ];

  test.each(called)('calls a function for our own %s, and no other rule does', (detailType) => {
    const all = [...rules.keys()];

    const ours = all.filter((rule) => takes(rule, 'afterglow', detailType));
    const claimed = all.filter((rule) => takes(rule, 'oms.hearth', detailType));

    expect(ours).toEqual([`Calls${detailType}Rule`]);
    expect(claimed).toEqual(['ToIngress']);
  });

  test.each(Object.keys(outgoingEvents).filter((type) => !called.includes(type)))(
    'leaves our own %s to the merchant’s systems and the lake',
    (detailType) => {
      const takers = [...rules.keys()].filter((rule) => takes(rule, 'afterglow', detailType));

      expect(takers).toEqual(recordedTypes.some((type) => type === detailType) ? ['OwnFacts'] : []);
    },
  );

  test.each(pageTypes)('takes %s to the lake too, whoever serves the page', (detailType) => {
    expect(takes('PageFacts', sourceOf('hearth'), detailType)).toBe(true);
    expect(takes('PageFacts', 'afterglow.customer', detailType)).toBe(true);
  });
});

describe('a sender', () => {
  const identities = cloud.ofType('AWS::SES::EmailIdentity').map(({ properties }) => properties);
  const [configurationSet] = cloud.ofType('AWS::SES::ConfigurationSet');

  test('is there for each domain that a shop sends from', () => {
    const domains = Object.values(config.shops).map(
      ({ email }) => email.address.split('@')[1] ?? '',
    );

    expect(identities.map(({ EmailIdentity }) => String(EmailIdentity)).toSorted()).toEqual(
      [...new Set(domains)].toSorted(),
    );
  });

  test('sends over TLS or not at all, and its reputation is measured', () => {
    expect(configurationSet?.properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
    for (const { ConfigurationSetAttributes } of identities)
      expect(ConfigurationSetAttributes).toEqual({ ConfigurationSetName: configurationSet?.ref });
  });
});
