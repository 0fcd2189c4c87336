declare module 'mjml' {
  interface MjmlOptions {
    readonly actualPath?: string;
    readonly filePath?: string;
    readonly fonts?: Readonly<Record<string, string>>;
    readonly ignoreIncludes?: boolean;
    readonly includePath?: string | readonly string[];
    readonly keepComments?: boolean;
    readonly minify?: boolean;
    readonly minifyOptions?: { readonly minifyCss?: boolean };
    readonly validationLevel?: 'strict' | 'soft' | 'skip';
  }

  interface MjmlError {
    readonly line: number;
    readonly message: string;
    readonly tagName: string;
    readonly formattedMessage: string;
  }

  interface MjmlResult {
    readonly html: string;
    readonly errors: readonly MjmlError[];
  }

  /** MJML 5 minifies asynchronously. */
  export default function mjml2html(mjml: string, options?: MjmlOptions): Promise<MjmlResult>;
}
