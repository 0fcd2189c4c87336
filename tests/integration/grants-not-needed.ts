import { affinityTables } from '#analytics/models.ts';

/** What no story of today's touches and policy can need, or only one in which AWS itself fails. */
export const notInTheStory = [
  // Between decision and delivery by us lie milliseconds: nothing happens in them that ends a touch. They are
  // for messages that have waited in the queue, and to give back a place in the caps of a policy that counts them.
  'DeliverInbox dynamodb:GetItem Contacts',
  'DeliverInbox dynamodb:PutItem Contacts',
  'DeliverInsert dynamodb:GetItem Contacts',
  'DeliverInsert dynamodb:PutItem Contacts',
  'DeliverAudience dynamodb:GetItem Contacts',
  'DeliverAudience dynamodb:PutItem Contacts',
  // They call no provider that could be busy: a message is put back when DynamoDB or the bus fails.
  'DeliverInbox sqs:ChangeMessageVisibility InboxQueue',
  'DeliverInsert sqs:ChangeMessageVisibility InsertsQueue',
  'DeliverAudience sqs:ChangeMessageVisibility AudienceQueue',
  // Only transactions go by SMS so far, and none tells of products: nothing of other orders, no caps, no catalogue.
  'DeliverSms dynamodb:Query Purchases',
  'DeliverSms dynamodb:BatchGetItem Catalogue',
  'DeliverSms dynamodb:PutItem Contacts',
  // A STOP that End User Messaging knows and we have not heard of: in the moment before it is taken in.
  'DeliverSms dynamodb:PutItem Suppressions',
  // A provider that does not keep its own contract.
  'RecordFeedback sqs:SendMessage FeedbackDeadLetters',
  // Of two that name a customer at once: who comes second reads the name of the first.
  'RecordFacts dynamodb:GetItem Pseudonyms',
  // Somebody who came again while they were forgotten, or whose address others gave too: theirs stays.
  'EraseCustomer dynamodb:UpdateItem Contacts',
  'EraseCustomer dynamodb:UpdateItem Customers',
  'EraseCustomer dynamodb:UpdateItem Identities',
  'EraseCustomer dynamodb:UpdateItem OfferHistories',
  // What Athena asks of the place of results when they are large; and tables that the views of scores do not read.
  'ScoreCustomers s3:ListBucket results',
  'ScoreCustomers s3:ListBucketMultipartUploads results',
  'ScoreCustomers s3:AbortMultipartUpload results/*',
  'ScoreCustomers s3:GetObject results/*',
  'ScoreCustomers s3:ListMultipartUploadParts results/*',
  // The same of the place of the models' rows.
  'LearnAffinity s3:ListBucket results',
  'LearnAffinity s3:ListBucketMultipartUploads results',
  'LearnAffinity s3:AbortMultipartUpload results/*',
  'LearnAffinity s3:ListMultipartUploadParts results/*',
  'LearnAffinity s3:ListBucketMultipartUploads lake',
  ...affinityTables.flatMap((table) => [
    `LearnAffinity s3:AbortMultipartUpload lake/models/${table}/*`,
    `LearnAffinity s3:ListMultipartUploadParts lake/models/${table}/*`,
  ]),
  // The same, and what Step Functions may do of itself to the executions of a Distributed Map.
  'RollOutChildren states:DescribeExecution DraftProducts',
  'RollOutChildren states:StopExecution DraftProducts',
  'RollOutChildren states:RedriveExecution DraftProducts',
  'RollOutMachine s3:ListBucket results',
  'RollOutMachine s3:ListBucketMultipartUploads results',
  'RollOutMachine s3:AbortMultipartUpload results/*',
  'RollOutMachine s3:GetObject results/*',
  'RollOutMachine s3:ListMultipartUploadParts results/*',
  'ScoreCustomers s3:GetObject lake/exposures/*',
  'ScoreCustomers s3:GetObject lake/impressions/*',
];
