/** What a translated area is: every key of the English area and no other. Places are compared by a test. */
export type Translation<Area> = { readonly [Key in keyof Area]: string }
