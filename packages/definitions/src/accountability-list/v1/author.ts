import type { Author as AuthorOf } from '@duban/engine'
import type { commands, dates, messages } from './plan.ts'

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
