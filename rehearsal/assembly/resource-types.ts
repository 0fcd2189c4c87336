import { createHash } from 'node:crypto';
import { routesOf } from './alias-routes.ts';

/** Where a resource stands: enough to name it as AWS would. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** The resource's physical name. */
  readonly name: string;
  /** Where the rehearsal's endpoints answer. */
  readonly endpoint: string;
  /** Resolved, but only read where a name depends on it. */
  readonly property: (name: string) => unknown;
}

interface ResourceType {
  /** What `Ref` gives. @default the name */
  readonly ref?: (place: Place) => string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes?: Readonly<Record<string, (place: Place) => string>>;
}

const arn =
  (service: string, path: (place: Place) => string) =>
  (place: Place): string =>
    `arn:${place.partition}:${service}:${place.region}:${place.account}:${path(place)}`;

const named = (service: string, path: (place: Place) => string): ResourceType => ({
  attributes: { Arn: arn(service, path) },
});

const topicArn = arn('sns', ({ name }) => name);
const stateMachineArn = arn('states', ({ name }) => `stateMachine:${name}`);
const secretArn = arn('secretsmanager', ({ name }) => `secret:${name}-rehear`);
/** In a rehearsal everything is deployed for the first time: a machine's only version is its first. */
const versionArn = ({ property }: Place): string => `${String(property('StateMachineArn'))}:1`;

/** An alias is named after the machine of the versions that it leads to. */
const aliasArn = ({ name, property }: Place): string => {
  const [version] = routesOf(property).map((arn) => arn.replace(/:\d+$/, ''));
  return `${version ?? 'no-version'}:${name}`;
};

const registryName = ({ name }: Place): string => name;

const busOf = ({ property }: Place): string => {
  const bus = property('EventBusName');
  return typeof bus === 'string' ? bus.replace(/^.*:event-bus\//, '') : 'default';
};

/** A rule of the account's own bus is named without it (EventBridge user guide, "Using resource-based policies"). */
const rulePath = (place: Place): string =>
  busOf(place) === 'default' ? `rule/${place.name}` : `rule/${busOf(place)}/${place.name}`;

const nameBy =
  (property: string) =>
  ({ name, property: read }: Place): string => {
    const given = read(property);
    return typeof given === 'string' ? given : name;
  };

/** Ids that AWS makes up: kind and letters. */
const idOf =
  (kind: string) =>
  ({ name }: Place): string =>
    `${kind}-${name.replaceAll(/\W/g, '').toLowerCase()}`;

const pushAppId = ({ name }: Place): string => name.replaceAll(/\W/g, '').toLowerCase();
const poolId = idOf('pool');
const protectId = idOf('protect');
const smsSetName = nameBy('ConfigurationSetName');
const optOutListName = nameBy('OptOutListName');

const dkim =
  (part: 'Name' | 'Value') =>
  (index: number) =>
  ({ name }: Place) =>
    part === 'Name' ? `token${index}._domainkey.${name}` : `token${index}.dkim.amazonses.com`;

const schedulePath = ({ name, property }: Place): string => {
  const group = property('GroupName');
  return `schedule/${typeof group === 'string' ? group : 'default'}/${name}`;
};

const bucketName = ({ name, property }: Place): string => {
  const given = property('BucketName');
  // S3 has no capitals in names (S3 user guide, "General purpose bucket naming rules").
  return typeof given === 'string' ? given : name.toLowerCase();
};

/** The name in a Glue resource's `DatabaseInput` or `TableInput`; without one it is CloudFormation's, in small letters. */
const glueName =
  (input: string) =>
  ({ name, property }: Place): string =>
    String(Object(property(input)).Name ?? name.toLowerCase());

const streamName = nameBy('DeliveryStreamName');

/** Small letters and digits only, which every reference is checked against. */
const guardrailId = ({ name }: Place): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
const guardrailArn = arn('bedrock', (place) => `guardrail/${guardrailId(place)}`);

/** A version names its guardrail by id or ARN; in a rehearsal it is the first. */
const guardrailIdOf = (property: Place['property']): string =>
  String(property('GuardrailIdentifier')).replace(/^.*:guardrail\//, '');
const FIRST_VERSION = '1';

/** Ten letters and digits that follow from the name: it is part of a domain name. */
const apiId = ({ name }: Place): string =>
  createHash('sha256').update(name).digest('hex').slice(0, 10);

const apiEndpoint = (place: Place): string =>
  `https://${apiId(place)}.execute-api.${place.region}.amazonaws.com`;

const domainName = ({ property }: Place): string => String(property('DomainName'));

/**
 * The resource types that the app uses; the rehearsal refuses any other. The kinds without an entry
 * of behaviour elsewhere are named here so that references to them resolve, and do nothing else.
 */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  // What the CDK's own command line adds of itself: it makes nothing.
  'AWS::CDK::Metadata': {},
  'AWS::ApiGatewayV2::Api': {
    ref: apiId,
    attributes: { ApiId: apiId, ApiEndpoint: apiEndpoint },
  },
  'AWS::ApiGatewayV2::ApiMapping': {},
  'AWS::ApiGatewayV2::DomainName': {
    ref: domainName,
    attributes: {
      RegionalDomainName: (place) => `d-${apiId(place)}.execute-api.${place.region}.amazonaws.com`,
      RegionalHostedZoneId: () => 'ZREHEARSAL',
    },
  },
  'AWS::ApiGatewayV2::Integration': {},
  'AWS::ApiGatewayV2::Route': {},
  'AWS::ApiGatewayV2::Stage': { ref: ({ property }) => String(property('StageName')) },
  'AWS::Athena::NamedQuery': { ref: idOf('query') },
  'AWS::Athena::WorkGroup': {},
  'AWS::Bedrock::Guardrail': {
    ref: guardrailArn,
    attributes: { Arn: guardrailArn, GuardrailArn: guardrailArn, GuardrailId: guardrailId },
  },
  'AWS::Bedrock::GuardrailVersion': {
    ref: ({ property }) => `${guardrailIdOf(property)}|${FIRST_VERSION}`,
    attributes: {
      GuardrailArn: (place) =>
        arn('bedrock', () => `guardrail/${guardrailIdOf(place.property)}`)(place),
      GuardrailId: ({ property }) => guardrailIdOf(property),
      Version: () => FIRST_VERSION,
    },
  },
  'AWS::CloudWatch::Alarm': named('cloudwatch', ({ name }) => `alarm:${name}`),
  'AWS::DynamoDB::GlobalTable': named('dynamodb', ({ name }) => `table/${name}`),
  'AWS::EventSchemas::Registry': { attributes: { RegistryName: registryName } },
  'AWS::EventSchemas::Schema': {},
  'AWS::Events::Archive': named('events', ({ name }) => `archive/${name}`),
  'AWS::Events::EventBus': named('events', ({ name }) => `event-bus/${name}`),
  'AWS::Events::Rule': named('events', rulePath),
  'AWS::Glue::Database': { ref: glueName('DatabaseInput') },
  'AWS::Glue::Table': { ref: glueName('TableInput') },
  'AWS::IAM::Policy': {},
  'AWS::IAM::Role': {
    attributes: {
      Arn: ({ partition, account, name }) => `arn:${partition}:iam::${account}:role/${name}`,
    },
  },
  'AWS::KMS::Key': named('kms', ({ name }) => `key/${name}`),
  'AWS::KinesisFirehose::DeliveryStream': {
    ref: streamName,
    attributes: { Arn: arn('firehose', (place) => `deliverystream/${streamName(place)}`) },
  },
  'AWS::Lambda::EventInvokeConfig': {},
  'AWS::Lambda::EventSourceMapping': {},
  'AWS::Lambda::Function': named('lambda', ({ name }) => `function:${name}`),
  'AWS::Lambda::Permission': {},
  'AWS::Logs::LogGroup': named('logs', ({ name }) => `log-group:${name}:*`),
  'AWS::Logs::LogStream': { ref: nameBy('LogStreamName') },
  'AWS::Pinpoint::APNSChannel': {},
  'AWS::Pinpoint::App': {
    ref: pushAppId,
    attributes: {
      Arn: arn('mobiletargeting', (place) => `apps/${pushAppId(place)}`),
      Id: pushAppId,
    },
  },
  'AWS::Pinpoint::GCMChannel': {},
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (place) => `arn:${place.partition}:s3:::${bucketName(place)}`,
      DomainName: (place) => `${bucketName(place)}.s3.amazonaws.com`,
      RegionalDomainName: (place) => `${bucketName(place)}.s3.${place.region}.amazonaws.com`,
    },
  },
  'AWS::S3::BucketPolicy': {},
  'AWS::SES::ConfigurationSet': {},
  'AWS::SES::ConfigurationSetEventDestination': {},
  'AWS::SES::EmailIdentity': {
    ref: ({ property }) => String(property('EmailIdentity')),
    attributes: Object.fromEntries(
      [1, 2, 3].flatMap((index) => [
        [`DkimDNSTokenName${index}`, dkim('Name')(index)],
        [`DkimDNSTokenValue${index}`, dkim('Value')(index)],
      ]),
    ),
  },
  'AWS::SMSVOICE::ConfigurationSet': {
    ref: smsSetName,
    attributes: { Arn: arn('sms-voice', (place) => `configuration-set/${smsSetName(place)}`) },
  },
  'AWS::SMSVOICE::OptOutList': {
    ref: optOutListName,
    attributes: { Arn: arn('sms-voice', (place) => `opt-out-list/${optOutListName(place)}`) },
  },
  'AWS::SMSVOICE::Pool': {
    ref: poolId,
    attributes: { Arn: arn('sms-voice', (place) => `pool/${poolId(place)}`), PoolId: poolId },
  },
  'AWS::SMSVOICE::ProtectConfiguration': {
    ref: protectId,
    attributes: {
      Arn: arn('sms-voice', (place) => `protect-configuration/${protectId(place)}`),
      ProtectConfigurationId: protectId,
    },
  },
  'AWS::SNS::Subscription': {},
  'AWS::SNS::Topic': {
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: ({ name }) => name },
  },
  'AWS::SNS::TopicPolicy': {},
  'AWS::SQS::Queue': {
    ref: ({ endpoint, account, name }) => `${endpoint}/${account}/${name}`,
    attributes: { Arn: arn('sqs', ({ name }) => name), QueueName: ({ name }) => name },
  },
  'AWS::SQS::QueuePolicy': {},
  'AWS::Scheduler::Schedule': named('scheduler', schedulePath),
  'AWS::Scheduler::ScheduleGroup': named('scheduler', ({ name }) => `schedule-group/${name}`),
  'AWS::SecretsManager::ResourcePolicy': {},
  'AWS::SecretsManager::RotationSchedule': {},
  'AWS::SecretsManager::Secret': { ref: secretArn },
  'AWS::StepFunctions::StateMachine': {
    ref: stateMachineArn,
    attributes: {
      Arn: stateMachineArn,
      Name: ({ name }) => name,
      StateMachineRevisionId: () => 'INITIAL',
    },
  },
  'AWS::StepFunctions::StateMachineAlias': { ref: aliasArn, attributes: { Arn: aliasArn } },
  'AWS::StepFunctions::StateMachineVersion': { ref: versionArn, attributes: { Arn: versionArn } },
};
