/* What an entry has beside the language itself. */

/** Writes to stderr, with the name of the entry. */
interface Console {
  debug(...values: unknown[]): void;
  error(...values: unknown[]): void;
  info(...values: unknown[]): void;
  log(...values: unknown[]): void;
  warn(...values: unknown[]): void;
}

declare var console: Console;

/*
 * Files of the project that are imported as values. JSON files have types of their own, from
 * `resolveJsonModule`.
 */

declare module "*.yaml" {
  /** What the file holds; a list, if it has several documents. */
  const value: any;
  export default value;
}

declare module "*.yml" {
  /** What the file holds; a list, if it has several documents. */
  const value: any;
  export default value;
}

/* Text, imported `with { type: "text" }`. For another ending, declare it in the same way. */

declare module "*.txt" {
  const text: string;
  export default text;
}

declare module "*.md" {
  const text: string;
  export default text;
}

declare module "*.conf" {
  const text: string;
  export default text;
}

declare module "*.cfg" {
  const text: string;
  export default text;
}

declare module "*.ini" {
  const text: string;
  export default text;
}

declare module "*.toml" {
  const text: string;
  export default text;
}

declare module "*.properties" {
  const text: string;
  export default text;
}

declare module "*.env" {
  const text: string;
  export default text;
}

declare module "*.sh" {
  const text: string;
  export default text;
}

declare module "*.py" {
  const text: string;
  export default text;
}

declare module "*.sql" {
  const text: string;
  export default text;
}

declare module "*.xml" {
  const text: string;
  export default text;
}

declare module "*.html" {
  const text: string;
  export default text;
}

declare module "*.css" {
  const text: string;
  export default text;
}

declare module "*.tpl" {
  const text: string;
  export default text;
}

declare module "*.tmpl" {
  const text: string;
  export default text;
}

declare module "*.pem" {
  const text: string;
  export default text;
}

declare module "*.crt" {
  const text: string;
  export default text;
}

declare module "*.lua" {
  const text: string;
  export default text;
}
