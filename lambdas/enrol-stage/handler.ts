import { createHash } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { stepFunctionsStarter } from '#core/adapters/step-functions-journeys.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { enrolStageContract } from './contract.ts';
import { enrolStage } from './enrol-stage.ts';

const env = readEnv(enrolStageContract);
const logger = new Logger({ serviceName: enrolStageContract.name });
const orderAccepted = z.object({ detail: outgoingEvents.OrderAccepted });

const enrol = enrolStage({
  start: stepFunctionsStarter(new SFNClient(), env.FULFILMENT_STATE_MACHINE_ARN),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
});

/** Called by the bus for every accepted order. */
export const handler = async (event: unknown): Promise<void> => {
  const { detail } = orderAccepted.parse(event);
  const result = await enrol(detail);
  logger.info('order enrolled', { shop: detail.shop, orderId: detail.orderId, result });
};
