import { affinityTables } from '#analytics/models.ts';
import { factNames } from '#core/contracts/facts.ts';

export const readingAnswers = [
  'athena:GetQueryResults workgroup/afterglow-dev',
  's3:GetObject results/*',
];

/** What is learnt from the lake, by role: scores of customers, and which products go together. */
export const learningGrants: Readonly<Record<string, readonly string[]>> = {
  FitScoresRole: [...readingAnswers, 'dynamodb:PutItem Scores'],
  LoadScoresRole: [...readingAnswers, 'dynamodb:GetItem Scores', 'dynamodb:BatchWriteItem Scores'],
  ScoreCustomersRole: [
    'lambda:InvokeFunction FitScores',
    'lambda:InvokeFunction LoadScores',
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
    ...factNames.map((fact) => `s3:GetObject lake/${fact}/*`),
    's3:GetBucketLocation results',
    's3:ListBucket results',
    's3:ListBucketMultipartUploads results',
    's3:AbortMultipartUpload results/*',
    's3:GetObject results/*',
    's3:ListMultipartUploadParts results/*',
    's3:PutObject results/*',
  ],
  SchedulerRole: ['states:StartExecution ScoreCustomers'],
  LoadAffinityRole: [...readingAnswers, 'dynamodb:BatchWriteItem Affinity'],
  LearnAffinityRole: [
    'lambda:InvokeFunction LoadAffinity',
    ...['GetQueryExecution', 'GetQueryResults', 'StartQueryExecution', 'StopQueryExecution'].map(
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
    's3:ListBucketMultipartUploads lake',
    's3:GetObject lake/order_lines/*',
    's3:GetObject lake/order_events/*',
    ...affinityTables.flatMap((table) =>
      ['AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject'].map(
        (action) => `s3:${action} lake/models/${table}/*`,
      ),
    ),
    's3:GetBucketLocation results',
    's3:ListBucket results',
    's3:ListBucketMultipartUploads results',
    's3:AbortMultipartUpload results/*',
    's3:GetObject results/*',
    's3:ListMultipartUploadParts results/*',
    's3:PutObject results/*',
  ],
  AffinitySchedulerRole: ['states:StartExecution LearnAffinity'],
};
