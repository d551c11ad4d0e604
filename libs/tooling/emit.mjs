// TypeScript to JavaScript, the same for running from source and for the image: decorators, and the metadata that Nest
// and class-validator read.
import { transformSync } from '@swc/core';

/** `sourceMaps`: `inline`, or true for a map beside the code. */
export const emit = (source, filename, sourceMaps) =>
  transformSync(source, {
    filename,
    swcrc: false,
    sourceMaps,
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
