import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface OperatorAlarmProps extends Pick<AlarmProps, 'metric' | 'threshold'> {
  readonly topic: ITopic;
  /** What customers or the merchant notice while it rings. */
  readonly impact: string;
  /** The heading of docs/runbook.md to follow. */
  readonly runbook: string;
  /** @default 1 */
  readonly evaluationPeriods?: number;
}

const RUNBOOK = 'docs/runbook.md';

/** An alarm that says what it means and what to do; it rings at or above its threshold. */
export class OperatorAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: OperatorAlarmProps) {
    const { topic, impact, runbook, metric, threshold, evaluationPeriods = 1 } = props;
    super(scope, id, {
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `Impact: ${impact} Runbook: ${RUNBOOK}, "${runbook}".`,
    });
    this.addAlarmAction(new SnsAction(topic));
  }
}
