import { CfnOutput, Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { Use } from './contract-function.ts';
import { useOf } from './uses.ts';

/** The set that all mail is sent by; its events say what became of it. */
export const addConfigurationSet = (scope: Construct): ConfigurationSet =>
  new ConfigurationSet(scope, 'Mail', {
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    reputationMetrics: true,
    // Of complaints the contact policy takes care, which lets transactions through (docs/decisions/0011).
    suppressionReasons: SuppressionReasons.BOUNCES_ONLY,
  });

/** One identity for each domain that a shop sends from, with the DNS records to publish. @returns their ARNs */
export const addSenders = (
  scope: Construct,
  shops: Readonly<Record<string, ShopConfig>>,
  configurationSet: ConfigurationSet,
): readonly string[] => {
  const domains = Object.values(shops).map(({ email }) => email.address.split('@')[1] ?? '');
  return [...new Set(domains)].map((domain) => {
    const id = domain.replaceAll('.', '-');
    const identity = new EmailIdentity(scope, `Sender-${id}`, {
      identity: Identity.domain(domain),
      configurationSet,
    });
    for (const [index, { name, value }] of identity.dkimRecords.entries())
      new CfnOutput(scope, `Dkim-${id}-${index + 1}`, { value: `${name} CNAME ${value}` });
    return identity.emailIdentityArn;
  });
};

/** Sending mail from these identities by the set. */
export const sendingMail = (
  configurationSet: ConfigurationSet,
  senders: readonly string[],
): Use => {
  const { configurationSetName: name } = configurationSet;
  const arn = Stack.of(configurationSet).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: name,
  });
  return useOf(name, [...senders, arn], 'ses:SendRawEmail');
};
