import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoShortLinks } from '../adapters/dynamo-short-links.ts';
import { secretsManagerLinkKeys } from '../adapters/secrets-manager-link-keys.ts';
import type { ShortMessageDeps } from '../delivery/short-message.ts';
import { shortAddress } from '../domain/messages/message-links.ts';
import { shortened } from '../domain/messages/short-links.ts';

export interface ShortLinksSettings {
  readonly dynamo: DynamoDBClient;
  readonly env: { readonly LINKS_TABLE_NAME: string; readonly LINK_KEYS_SECRET_ARN: string };
  readonly now: () => Date;
}

/** As long as the links in e-mails: 180 days. */
const LINK_LIFE_MS = 180 * 24 * 60 * 60 * 1000;

/** How the functions that write short messages shorten their links. */
export const openShortLinks = ({
  dynamo,
  env,
  now,
}: ShortLinksSettings): ShortMessageDeps['shorten'] => {
  const keys = secretsManagerLinkKeys(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN, now);
  const links = dynamoShortLinks(dynamo, env.LINKS_TABLE_NAME, keys);
  return (shop, ref, text) => {
    const expiresAt = new Date(now().getTime() + LINK_LIFE_MS).toISOString();
    return shortened(text, async (url) =>
      shortAddress(shop, await links.make(ref, url, expiresAt)),
    );
  };
};
