/**
 * Stands in for nodemailer's table of file types in bundles: our messages have no attachments, and it
 * is 76 KB.
 */
const noFileTypes = (): never => {
  throw new Error('messages have no files: say the content type with the content');
};

export { noFileTypes as detectMimeType, noFileTypes as detectExtension };
