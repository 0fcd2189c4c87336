declare module '*.css' {
  /** The style sheet, minified by the build. */
  const css: string;
  export default css;
}
