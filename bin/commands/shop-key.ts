import { parseArgs } from 'node:util';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import config from '#config';
import { secretsManagerShopTokenKeys } from '#core/adapters/secrets-manager-shop-token-keys.ts';
import { shopKey } from '#core/adapters/shop-key.ts';

const help = `Prints the key by which a shop's server signs the order tokens of its confirmation pages.

  npm run shop-key -- SHOP --stage STAGE [--profile PROFILE] [--region REGION]

It is the shop's own: whoever has it can open confirmation pages of this shop, and of no other. Keep it where the server keeps its
passwords. To change it, see docs/sessions-api.md.`;

const options = {
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Exit code 0: printed; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [shop] = positionals;
  const { stage, profile } = values;
  if (values.help || shop === undefined || stage === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const wrong = mistakeIn(shop, stage);
  if (wrong !== undefined) {
    console.error(`shop-key: ${wrong}`);
    return 2;
  }
  const region = values.region ?? config.stages[stage]?.region ?? 'eu-central-1';
  const client = new SecretsManagerClient({
    region,
    ...(profile === undefined ? {} : { profile }),
  });
  console.log(shopKey(await masterKey(client, stage), shop));
  return 0;
};

const mistakeIn = (shop: string, stage: string): string | undefined => {
  if (config.shops[shop] === undefined)
    return `got the shop "${shop}", expected one of ${Object.keys(config.shops).join(', ')} (afterglow.config.ts)`;
  return config.stages[stage] === undefined
    ? `--stage: got "${stage}", expected one of ${Object.keys(config.stages).join(', ')}`
    : undefined;
};

/** CloudFormation names a secret for its construct; the stage stands in its tag. */
const masterKey = async (client: SecretsManagerClient, stage: string): Promise<Uint8Array> => {
  const { SecretList: [found] = [] } = await client.send(
    new ListSecretsCommand({
      Filters: [
        { Key: 'name', Values: ['ShopTokenKey'] },
        { Key: 'tag-value', Values: [stage] },
      ],
    }),
  );
  const [key] =
    found?.ARN === undefined
      ? []
      : await secretsManagerShopTokenKeys(client, found.ARN, () => new Date())();
  if (key === undefined)
    throw new Error(
      `no secret ShopTokenKey… of stage "${stage}" in this account and region: deploy it, or choose by --profile and --region`,
    );
  return key;
};
