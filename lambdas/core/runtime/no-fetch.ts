/**
 * Stands in for nodemailer's own `fetch` in bundles: our messages have no attachments to load, and
 * what it needs for them (TLS, proxies, cookies) costs a fifth of the function's start.
 */
const noFetch = (): never => {
  throw new Error('messages load nothing: put the content itself into the message');
};

export { noFetch as default };
