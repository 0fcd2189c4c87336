import { readingAnswers } from './expected-learning-grants.ts';

const anyRun = 'runs/runs/*';
const anyJob = 'model-invocation-job/*';
const models = [
  'inference-profile/eu.amazon.nova-2-lite-v1:0',
  'foundation-model/amazon.nova-2-lite-v1:0',
];
const parts = ['AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject'];

/** What is written of products, by role: one at a time, and for the catalogue. */
export const contentGrants: Readonly<Record<string, readonly string[]>> = {
  DraftContentRole: [
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:UpdateItem Catalogue',
    'dynamodb:DeleteItem Content',
    'dynamodb:BatchGetItem Content',
    'dynamodb:GetItem Content',
    'dynamodb:PutItem Content',
    'dynamodb:UpdateItem Counters',
    ...models.map((model) => `bedrock:InvokeModel ${model}`),
    'events:PutEvents Bus',
    'sqs:DeleteMessage BoughtQueue',
    'sqs:GetQueueAttributes BoughtQueue',
    'sqs:ReceiveMessage BoughtQueue',
  ],
  RollOutPlanContentRole: [
    ...readingAnswers,
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:Scan Catalogue',
    'dynamodb:BatchGetItem Content',
    `s3:PutObject ${anyRun}`,
  ],
  RollOutCollectDraftsRole: [
    'dynamodb:UpdateItem Counters',
    `s3:GetObject ${anyRun}`,
    `s3:PutObject ${anyRun}`,
  ],
  // What Bedrock does for a job of batch inference.
  RollOutBatchRole: [
    's3:ListBucket runs',
    `s3:GetObject ${anyRun}`,
    `s3:PutObject ${anyRun}`,
    ...models.map((model) => `bedrock:InvokeModel ${model}`),
  ],
  RollOutReportContentRole: [
    ...readingAnswers,
    'dynamodb:BatchGetItem Catalogue',
    'dynamodb:BatchGetItem Content',
    'dynamodb:GetItem Counters',
    `s3:GetObject ${anyRun}`,
    `s3:PutObject ${anyRun}`,
  ],
  // What names the machine is in a policy of its own.
  RollOutMachineRole: [
    'lambda:InvokeFunction RollOutPlanContent',
    'lambda:InvokeFunction RollOutCollectDrafts',
    'lambda:InvokeFunction DraftContent',
    'lambda:InvokeFunction RollOutReportContent',
    ...['GetQueryExecution', 'StartQueryExecution', 'StopQueryExecution'].map(
      (action) => `athena:${action} workgroup/afterglow-dev`,
    ),
    'athena:GetDataCatalog datacatalog/AwsDataCatalog',
    ...['GetDatabase', 'GetTable'].flatMap((action) => [
      `glue:${action} catalog`,
      `glue:${action} database/afterglow_dev`,
    ]),
    'glue:GetTable table/afterglow_dev/*',
    's3:GetBucketLocation lake',
    's3:ListBucket lake',
    's3:GetObject lake/order_lines/*',
    's3:GetObject lake/order_events/*',
    's3:GetBucketLocation results',
    's3:ListBucket results',
    's3:ListBucketMultipartUploads results',
    ...parts.map((action) => `s3:${action} results/*`),
    ...parts.map((action) => `s3:${action} ${anyRun}`),
    ...[...models, anyJob].map((resource) => `bedrock:CreateModelInvocationJob ${resource}`),
    `bedrock:GetModelInvocationJob ${anyJob}`,
    'iam:PassRole RollOutBatchRole',
    'states:StartExecution RollOutMachine',
    ...['DescribeExecution', 'StopExecution'].flatMap((action) => [
      `states:${action} execution:RollOutMachine:*`,
      `states:${action} execution:RollOutMachine/DraftProducts:*`,
    ]),
    'states:RedriveExecution execution:RollOutMachine/DraftProducts:*',
  ],
};
