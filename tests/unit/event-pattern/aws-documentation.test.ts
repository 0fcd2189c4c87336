import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';

type Row = {
  readonly row: string;
  readonly pattern: string;
  readonly takes: readonly string[];
  readonly leaves: readonly string[];
};

/**
 * Every row of the table in "Comparison operators for use in event patterns", Amazon EventBridge user guide
 * (eb-create-pattern-operators), with events that its wording takes in and leaves out.
 */
const operators: readonly Row[] = [
  {
    row: 'And',
    pattern: '{"Location":["New York"],"Day":["Monday"]}',
    takes: ['{"Location":"New York","Day":"Monday"}'],
    leaves: ['{"Location":"New York","Day":"Sunday"}', '{"Location":"New York"}'],
  },
  {
    row: 'Anything-but',
    pattern: '{"state":[{"anything-but":"initializing"}]}',
    takes: ['{"state":"running"}', '{"state":5}', '{"state":null}', '{"state":""}'],
    leaves: ['{"state":"initializing"}', '{}', '{"state":[]}', '{"state":{}}'],
  },
  {
    row: 'Anything-but (begins with)',
    pattern: '{"Region":[{"anything-but":{"prefix":"us-"}}]}',
    takes: ['{"Region":"eu-west-1"}', '{"Region":"us"}'],
    leaves: ['{"Region":"us-east-1"}', '{}'],
  },
  {
    row: 'Anything-but (ends with)',
    pattern: '{"FileName":[{"anything-but":{"suffix":".png"}}]}',
    takes: ['{"FileName":"a.jpg"}', '{"FileName":"a.PNG"}'],
    leaves: ['{"FileName":"a.png"}', '{"FileName":".png"}'],
  },
  {
    row: 'Anything-but (ignore case)',
    pattern: '{"state":[{"anything-but":{"equals-ignore-case":"initializing"}}]}',
    takes: ['{"state":"running"}'],
    leaves: ['{"state":"INITIALIZING"}', '{"state":"Initializing"}'],
  },
  {
    row: 'Anything-but using a wildcard',
    pattern: '{"FilePath":[{"anything-but":{"wildcard":"*/lib/*"}}]}',
    takes: ['{"FilePath":"/usr/bin/x"}'],
    leaves: ['{"FilePath":"/usr/lib/x"}', '{"FilePath":"/lib/"}'],
  },
  {
    row: 'Begins with',
    pattern: '{"Region":[{"prefix":"us-"}]}',
    takes: ['{"Region":"us-east-1"}', '{"Region":"us-"}'],
    leaves: ['{"Region":"eu-west-1"}', '{"Region":"US-east-1"}'],
  },
  {
    row: 'Begins with (ignore case)',
    pattern: '{"service":[{"prefix":{"equals-ignore-case":"eventb"}}]}',
    takes: ['{"service":"EventBridge"}', '{"service":"EVENTB"}'],
    leaves: ['{"service":"event"}'],
  },
  {
    row: 'Empty',
    pattern: '{"LastName":[""]}',
    takes: ['{"LastName":""}'],
    leaves: ['{"LastName":null}', '{"LastName":" "}', '{}'],
  },
  {
    row: 'Equals',
    pattern: '{"Name":["Alice"]}',
    takes: ['{"Name":"Alice"}'],
    leaves: ['{"Name":"alice"}', '{"Name":"Alice "}'],
  },
  {
    row: 'Equals (ignore case)',
    pattern: '{"Name":[{"equals-ignore-case":"alice"}]}',
    takes: ['{"Name":"Alice"}', '{"Name":"ALICE"}'],
    leaves: ['{"Name":"Alicia"}', '{"Name":"alice2"}'],
  },
  {
    row: 'Ends with',
    pattern: '{"FileName":[{"suffix":".png"}]}',
    takes: ['{"FileName":"a.png"}'],
    leaves: ['{"FileName":"a.png.bak"}', '{"FileName":"a.PNG"}'],
  },
  {
    row: 'Ends with (ignore case)',
    pattern: '{"service":[{"suffix":{"equals-ignore-case":"tBridge"}}]}',
    takes: ['{"service":"EventBridge"}', '{"service":"TBRIDGE"}'],
    leaves: ['{"service":"bridge"}'],
  },
  {
    row: 'Exists',
    pattern: '{"ProductName":[{"exists":true}]}',
    takes: ['{"ProductName":"x"}', '{"ProductName":null}', '{"ProductName":""}'],
    leaves: ['{}', '{"ProductName":{}}', '{"ProductName":[]}', '{"ProductName":{"a":1}}'],
  },
  {
    row: 'Does not exist',
    pattern: '{"ProductName":[{"exists":false}]}',
    takes: ['{}', '{"ProductName":{"a":1}}', '{"ProductName":[]}'],
    leaves: ['{"ProductName":"x"}', '{"ProductName":null}', '{"ProductName":[1]}'],
  },
  {
    row: 'Not',
    pattern: '{"Weather":[{"anything-but":["Raining"]}]}',
    takes: ['{"Weather":"Sunny"}'],
    leaves: ['{"Weather":"Raining"}'],
  },
  {
    row: 'Null',
    pattern: '{"UserID":[null]}',
    takes: ['{"UserID":null}'],
    leaves: ['{"UserID":""}', '{"UserID":"null"}', '{}'],
  },
  {
    row: 'Numeric (equals)',
    pattern: '{"Price":[{"numeric":["=",100]}]}',
    takes: ['{"Price":100}', '{"Price":100.0}', '{"Price":1e2}'],
    leaves: ['{"Price":"100"}', '{"Price":100.1}'],
  },
  {
    row: 'Numeric (range)',
    pattern: '{"Price":[{"numeric":[">",10,"<=",20]}]}',
    takes: ['{"Price":10.000001}', '{"Price":20}'],
    leaves: ['{"Price":10}', '{"Price":20.000001}', '{"Price":"15"}'],
  },
  {
    row: 'Or',
    pattern: '{"PaymentType":["Credit","Debit"]}',
    takes: ['{"PaymentType":"Credit"}', '{"PaymentType":["Cash","Debit"]}'],
    leaves: ['{"PaymentType":"Cash"}'],
  },
  {
    row: 'Or (multiple fields)',
    pattern: '{"$or":[{"Location":["New York"]},{"Day":["Monday"]}]}',
    takes: ['{"Location":"New York"}', '{"Day":"Monday"}'],
    leaves: ['{"Location":"Boston","Day":"Sunday"}'],
  },
  {
    row: 'Wildcard',
    pattern: '{"FileName":[{"wildcard":"dir/*.png"}]}',
    takes: ['{"FileName":"dir/a.png"}', '{"FileName":"dir/.png"}', '{"FileName":"dir/b/c.png"}'],
    leaves: ['{"FileName":"dir/a.jpg"}', '{"FileName":"a/dir/a.png"}'],
  },
  {
    row: 'IP address',
    pattern: '{"detail":{"sourceIPAddress":[{"cidr":"10.0.0.0/24"}]}}',
    takes: ['{"detail":{"sourceIPAddress":"10.0.0.255"}}'],
    leaves: ['{"detail":{"sourceIPAddress":"10.0.1.0"}}', '{"detail":{"sourceIPAddress":"host"}}'],
  },
];

/** "Event pattern syntax", considerations (eb-create-pattern), and the pages on arrays and on null values. */
const considerations: readonly Row[] = [
  {
    row: 'a name with dots stands for nested names, in the pattern and in the event',
    pattern: '{"detail":{"state.status":["running"]}}',
    takes: ['{"detail":{"state":{"status":"running"}}}', '{"detail":{"state.status":"running"}}'],
    leaves: ['{"detail":{"state":{"status":"stopped"}}}'],
  },
  {
    row: 'nested names stand for a name with dots',
    pattern: '{"detail":{"state":{"status":["running"]}}}',
    takes: ['{"detail":{"state":{"status":"running"}}}', '{"detail":{"state.status":"running"}}'],
    leaves: ['{"detail":{"status":"running"}}'],
  },
  {
    row: 'of repeated fields in a pattern the last counts',
    pattern: '{"source":["aws.s3"],"source":["aws.sns"]}',
    takes: ['{"source":"aws.sns"}'],
    leaves: ['{"source":"aws.s3"}'],
  },
  {
    row: 'of repeated fields in an event the last counts',
    pattern: '{"detail":{"eventSource":["sns.amazonaws.com"]}}',
    takes: [
      '{"detail":[{"eventSource":["s3.amazonaws.com"],"eventSource":["sns.amazonaws.com"]}]}',
    ],
    leaves: [
      '{"detail":[{"eventSource":["sns.amazonaws.com"],"eventSource":["s3.amazonaws.com"]}]}',
    ],
  },
  {
    row: 'an array in the event matches when it shares a value with the pattern',
    pattern: '{"resources":["arn:a","arn:b"]}',
    takes: ['{"resources":["arn:z","arn:b"]}', '{"resources":"arn:a"}'],
    leaves: ['{"resources":["arn:z"]}', '{"resources":[]}'],
  },
  {
    row: 'an empty text is not null',
    pattern: '{"detail":{"eventVersion":[""],"responseElements":[null]}}',
    takes: ['{"detail":{"eventVersion":"","responseElements":null}}'],
    leaves: ['{"detail":{"eventVersion":null,"responseElements":null}}'],
  },
];

describe.each([...operators, ...considerations])('$row', ({ pattern, takes, leaves }) => {
  test.each(takes)('takes %s', (event) => {
    expect(matchesEvent(compileEventPattern(pattern), event)).toBe(true);
  });

  test.each(leaves)('leaves %s', (event) => {
    expect(matchesEvent(compileEventPattern(pattern), event)).toBe(false);
  });
});
