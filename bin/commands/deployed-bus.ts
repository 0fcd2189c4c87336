import { type EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';

/**
 * The name of the event bus of a stage: CDK made it up from stack and construct, letters and digits alone.
 *
 * @throws when the account and region have no such bus
 */
export const deployedBus = async (client: EventBridgeClient, stage: string): Promise<string> => {
  const NamePrefix = `Afterglow${stage.replaceAll(/[^A-Za-z0-9]/g, '')}IngestionBus`;
  const { EventBuses: [bus] = [] } = await client.send(new ListEventBusesCommand({ NamePrefix }));
  if (bus?.Name === undefined)
    throw new Error(
      `no event bus ${NamePrefix}… in this account and region: deploy stage "${stage}", or choose by --profile and --region`,
    );
  return bus.Name;
};
