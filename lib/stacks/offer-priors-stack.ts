import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FittedPriors } from '#lib/constructs/fitted-priors.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import type { DataStack } from './data-stack.ts';

export interface OfferPriorsStackProps extends StackProps {
  readonly data: DataStack;
}

/** From what became of offers back to what is expected of new ones, by a schedule. */
export class OfferPriorsStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: OfferPriorsStackProps) {
    super(scope, id, props);
    new FittedPriors(this, 'Priors', { context, data: props.data });
  }
}
