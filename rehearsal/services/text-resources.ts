import type { Cloud, Resource } from '../assembly/cloud.ts';

/** What a customer's word at the beginning of a text does. */
export interface Keyword {
  /** In capitals. */
  readonly word: string;
  readonly action: 'OPT_OUT' | 'OPT_IN' | 'AUTOMATIC_RESPONSE';
  readonly answer: string;
  /** Whether every pool has it, so that self-managed opt-outs leave it to the owner. */
  readonly isMandatory: boolean;
}

export interface Pool {
  readonly arn: string;
  readonly id: string;
  /** The identities of the template that are ARNs. */
  readonly identityArns: readonly string[];
  /** What texts come from: a number, or the name of a sender, which nobody can answer. */
  readonly sender: string;
  readonly optOutList: string;
  readonly isSelfManaged: boolean;
  readonly keywords: readonly Keyword[];
  /** Where texts of customers are published. */
  readonly twoWayTopicArn: string | undefined;
}

export interface TextEventDestination {
  readonly topicArn: string;
  /** As `MatchingEventTypes` has them. */
  readonly types: ReadonlySet<string>;
}

export interface TextConfigurationSet {
  readonly name: string;
  readonly arn: string;
  readonly protectConfigurationId: string | undefined;
  readonly destinations: readonly TextEventDestination[];
}

export interface ProtectConfiguration {
  readonly id: string;
  /** Of texts, by ISO 3166-1 alpha-2 code. */
  readonly statuses: ReadonlyMap<string, string>;
}

/** End User Messaging user guide, "Required opt-out list keywords". */
const OPT_OUT_WORDS = [
  'ARRET',
  'CANCEL',
  'END',
  'OPT-OUT',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'STOP',
  'TD',
  'UNSUBSCRIBE',
];

/** The list that pools without one of their own have. */
const DEFAULT_LIST = 'Default';

/** Numbers that Ofcom keeps for drama stand in for those that a pool's identities do not tell. */
const madeUpNumber = (index: number): string => `+442079460${String(index).padStart(3, '0')}`;

export const poolsOf = (cloud: Cloud): readonly Pool[] => {
  const lists = new Set([
    DEFAULT_LIST,
    ...cloud.ofType('AWS::SMSVOICE::OptOutList').map(({ ref }) => ref),
  ]);
  return cloud.ofType('AWS::SMSVOICE::Pool').map((resource, index) => {
    const { arn, ref: id, logicalId, properties } = resource;
    const given = properties['OptOutListName'];
    const optOutList = typeof given === 'string' ? given : DEFAULT_LIST;
    if (!lists.has(optOutList))
      throw new Error(`pool ${logicalId}: the templates have no opt-out list ${optOutList}`);
    const identities = listOf(properties['OriginationIdentities']).map(String);
    return {
      arn,
      id,
      identityArns: identities.filter((identity) => identity.startsWith('arn:')),
      sender: senderOf(identities) ?? madeUpNumber(index),
      optOutList,
      isSelfManaged: properties['SelfManagedOptOutsEnabled'] === true,
      keywords: keywordsOf(resource),
      twoWayTopicArn: twoWayTopicOf(resource),
    };
  });
};

/** A number goes before a sender's name: customers can answer it. */
const senderOf = (identities: readonly string[]): string | undefined => {
  const number = identities.find((identity) => /^\+\d+$/.test(identity));
  if (number !== undefined) return number;
  if (identities.some((identity) => !identity.includes(':sender-id/'))) return undefined;
  return /:sender-id\/([^/]+)/.exec(identities[0] ?? '')?.[1];
};

/** @throws for a pool without its mandatory keywords */
const keywordsOf = ({ logicalId, properties }: Resource): readonly Keyword[] => {
  const { HELP, STOP } = Object(properties['MandatoryKeywords']);
  const [help, stop] = [HELP, STOP].map((keyword) => Object(keyword).Message);
  if (typeof help !== 'string' || typeof stop !== 'string')
    throw new Error(`pool ${logicalId}: give MandatoryKeywords HELP and STOP, each with a Message`);
  const optional = listOf(properties['OptionalKeywords']).map(Object);
  return [
    ...optional.map(({ Keyword: word, Action, Message }): Keyword => ({
      word: String(word).toUpperCase(),
      action: actionOf(logicalId, Action),
      answer: String(Message),
      isMandatory: false,
    })),
    { word: 'HELP', action: 'AUTOMATIC_RESPONSE', answer: help, isMandatory: true },
    ...OPT_OUT_WORDS.map((word): Keyword => ({
      word,
      action: 'OPT_OUT',
      answer: stop,
      isMandatory: true,
    })),
  ];
};

const actionOf = (logicalId: string, action: unknown): Keyword['action'] => {
  if (action === 'OPT_OUT' || action === 'OPT_IN' || action === 'AUTOMATIC_RESPONSE') return action;
  throw new Error(
    `pool ${logicalId}: got the keyword action ${String(action)}; give OPT_OUT, OPT_IN or AUTOMATIC_RESPONSE`,
  );
};

const twoWayTopicOf = ({ logicalId, properties }: Resource): string | undefined => {
  const { Enabled, ChannelArn, ChannelRole } = Object(properties['TwoWay']);
  if (Enabled !== true) return undefined;
  if (ChannelRole !== undefined)
    throw new Error(
      `pool ${logicalId}: TwoWay.ChannelRole is not modelled by the rehearsal, only a policy of the topic is`,
    );
  if (typeof ChannelArn !== 'string' || ChannelArn.split(':')[2] !== 'sns')
    throw new Error(
      `pool ${logicalId}: got ${String(ChannelArn)} for TwoWay.ChannelArn; give a topic`,
    );
  return ChannelArn;
};

export const configurationSetsOf = (cloud: Cloud): readonly TextConfigurationSet[] =>
  cloud.ofType('AWS::SMSVOICE::ConfigurationSet').map((resource) => {
    const { ref: name, arn, properties } = resource;
    const protect = properties['ProtectConfigurationId'];
    return {
      name,
      arn,
      protectConfigurationId: typeof protect === 'string' ? protect : undefined,
      destinations: listOf(properties['EventDestinations']).flatMap((each) =>
        destinationOf(resource, { ...Object(each) }),
      ),
    };
  });

const destinationOf = (
  { logicalId }: Resource,
  {
    Enabled,
    SnsDestination,
    MatchingEventTypes,
    EventDestinationName,
    ...others
  }: Readonly<Record<string, unknown>>,
): readonly TextEventDestination[] => {
  const { TopicArn } = Object(SnsDestination);
  const [other] = Object.keys(others);
  if (other !== undefined || typeof TopicArn !== 'string')
    throw new Error(
      `configuration set ${logicalId}, ${String(EventDestinationName)}: ${other ?? 'no destination'} is not modelled by the rehearsal, only SnsDestination is`,
    );
  if (Enabled !== true) return [];
  return [{ topicArn: TopicArn, types: new Set(listOf(MatchingEventTypes).map(String)) }];
};

export const protectConfigurationsOf = (cloud: Cloud): readonly ProtectConfiguration[] =>
  cloud.ofType('AWS::SMSVOICE::ProtectConfiguration').map(({ ref: id, properties }) => {
    const { SMS } = Object(properties['CountryRuleSet']);
    const rules = listOf(SMS).map(Object);
    return {
      id,
      statuses: new Map(
        rules.map(({ CountryCode, ProtectStatus }) => [String(CountryCode), String(ProtectStatus)]),
      ),
    };
  });

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
