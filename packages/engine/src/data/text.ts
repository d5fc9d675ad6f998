/** Words for people, in both working languages. Every title of a definition is one. */
export type Text = { zh: string; en: string }

export type Locale = keyof Text
