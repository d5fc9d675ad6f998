import { z } from 'zod'

/** What people read, in Chinese and in English. */
export const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export type Text = z.infer<typeof text>
export type Locale = keyof Text
