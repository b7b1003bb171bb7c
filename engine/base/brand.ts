/** A number or string that must not be mixed up with another of its kind; costs nothing at run time. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

/** Byte address in kernel memory. */
export type Ptr = Brand<number, 'Ptr'>
/** Index of an entry in one Dictionary. */
export type DictCode = Brand<number, 'DictCode'>
/** Dense number of a group, in order of first appearance. */
export type GroupId = Brand<number, 'GroupId'>
