/** What a translated area is: every key of the English area and no other. Keys and places are compared by a test. */
export type Translation<Area> = Readonly<Partial<Record<keyof Area | (string & {}), string>>>
