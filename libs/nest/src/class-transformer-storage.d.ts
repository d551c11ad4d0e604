/** Where class-transformer keeps what `@Type` said; shipped by the library without types. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: {
    findTypeMetadata(
      target: unknown,
      propertyName: string,
    ): { typeFunction?: () => unknown; reflectedType?: unknown } | undefined;
  };
}
