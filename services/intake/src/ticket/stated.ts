type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that were stated: an event leaves the others out, because JSON has no undefined. */
export const stated = <T extends object>(fields: T): Stated<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Stated<T>;
