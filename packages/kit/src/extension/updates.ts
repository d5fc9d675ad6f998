import type { z } from 'zod'
import type { Ask, Extended, With } from './options.ts'
import { done, type Reason, type Seen } from '../block.ts'

/** What is asked, granted and refused, and the day that moves. */
export function updatesOf(name: string) {
  return {
    [`${name}Asked`]: ({ context, event }: Seen<With<string>>) => ({
      [name]: {
        ...partOf(name, context),
        asked: { ...(event.payload as z.output<typeof Ask>), ...done(event) },
      },
    }),
    [`${name}Granted`]: ({ context, event }: Seen<With<string>>) => {
      const now = partOf(name, context)
      const { until = context.dueOn ?? '', reason = '', by: askedBy = null } = now.asked ?? {}
      const granted = { from: context.dueOn ?? '', until, reason, askedBy, ...done(event) }
      return {
        dueOn: until,
        [name]: { ...now, asked: null, granted: [...now.granted, granted], moved: true },
      }
    },
    [`${name}Refused`]: ({ context, event }: Seen<With<string>>) => {
      const now = partOf(name, context)
      const { reason } = event.payload as z.output<typeof Reason>
      const refused = { until: now.asked?.until ?? '', reason, ...done(event) }
      return { [name]: { ...now, asked: null, refused: [...now.refused, refused] } }
    },
    [`${name}Followed`]: ({ context }: Seen<With<string>>) => ({
      [name]: { ...partOf(name, context), moved: false },
    }),
  }
}

/** The block's own part of a context. */
export function partOf(name: string, context: object): Extended {
  return (context as { [name: string]: Extended })[name] as Extended
}
