/** Something that a definition must not have: where, and why. */
export type Mistake = { path: string; reason: string }
