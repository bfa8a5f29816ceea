/** Comes without types: the schemas of HAR 1.2 by their names. */
declare module 'har-schema' {
  const schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  export = schemas;
}
