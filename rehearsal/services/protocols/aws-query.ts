import type { Protocol } from './protocol.ts';

const contentType = 'text/xml';

/** SES: forms that are answered in XML. */
export const awsQuery: Protocol = {
  read: ({ body }) => {
    const input = Object.fromEntries(new URLSearchParams(body));
    return { operation: input['Action'] ?? '', input };
  },
  answer: (operation, result) => {
    const fields = Object.entries(Object(result))
      .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
      .join('');
    const body = `<${operation}Response><${operation}Result>${fields}</${operation}Result></${operation}Response>`;
    return { status: 200, contentType, body };
  },
  refuse: ({ code, status = 400, message }) => ({
    status,
    contentType,
    body: `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
  }),
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
