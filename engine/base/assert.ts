/** Faults: programming errors of ours, thrown at once. Never used for what a user typed or what data holds. */

/** Throws a fault unless `condition` holds; `what` states the invariant in the positive ("group ids are dense"). */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`fault: expected that ${what}`)
}

/** Closes an exhaustive `switch`: a new union member becomes a compile error here. */
export function assertNever(value: never): never {
  throw new Error(`fault: unexpected variant ${JSON.stringify(value)}`)
}
