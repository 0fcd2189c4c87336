import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { serveInboxContract } from '#lambdas/serve-inbox/contract.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { acknowledge } from './acknowledge.ts';
import { ContractFunction } from './contract-function.ts';
import type { StageContext } from './stage-context.ts';
import { readingOf, useOfTable } from './uses.ts';

export interface ServedInboxProps {
  readonly context: StageContext;
  readonly data: DataStack;
  /** Gets the route `GET /inbox`. */
  readonly api: HttpApi;
}

/**
 * The inbox of a shop's customers, for the shop's app or backend to show. Browsers are let in from no other site (no
 * CORS): a page of the shop asks its own backend, which signs the token.
 */
export class ServedInbox extends Construct {
  constructor(scope: Construct, id: string, { context, data, api }: ServedInboxProps) {
    super(scope, id);
    const serve = new ContractFunction(this, 'ServeInbox', {
      contract: serveInboxContract,
      context,
      key: data.key,
      uses: {
        CUSTOMERS_TABLE_NAME: useOfTable(data.tables.customers, 'GetItem'),
        INBOX_TABLE_NAME: useOfTable(data.tables.inbox, 'Query'),
        SHOP_TOKEN_KEYS_SECRET_ARN: readingOf(data.shopTokenKeys),
      },
    });
    const routes = api.addRoutes({
      path: '/inbox',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('InboxIntegration', serve),
    });
    for (const route of routes)
      acknowledge(
        route,
        'AwsSolutions-APIG4',
        'The function verifies the token that the shop signs for its customer.',
      );
  }
}
